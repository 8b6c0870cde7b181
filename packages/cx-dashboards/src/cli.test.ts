import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

let folder: string
beforeEach(async () => {
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(join(source('..'), '.cli-test-'))
  await writeFile(join(folder, '.bin.mjs'), bin)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** As the package's bin does it, on the sources. */
const bin = `
import { main } from ${JSON.stringify(pathToFileURL(source('cli.ts')).href)}
process.exitCode = await main(process.argv.slice(2))
`

const cli = async (...args: string[]) => {
  const child = spawn(process.execPath, ['--conditions=cx-source', '.bin.mjs', ...args], {
    cwd: folder,
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout, stderr }
}

const config = (target: string) => `
import { catalog, owner, percent } from 'cx-definition'
import { defineDashboards, graph, row } from 'cx-dashboards'
export default defineDashboards({
  catalog: catalog({ owners: [owner('platform')], features: [] }),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [{ uid: 'one', title: 'One', description: '', rows: [
    row('Row', [graph({ name: 'API', targets: { availability: percent(${target}) } }).availability()]),
  ] }],
})
`

test('build writes the dashboards of the config in this folder', async () => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('99'))
  const { code, stderr, stdout } = await cli('build')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(join(folder, 'generated/grafana/one.json'))
  const json = JSON.parse(await readFile(join(folder, 'generated/grafana/one.json'), 'utf8'))
  expect(json).toMatchObject({ uid: 'one', title: 'One' })
})

test('two builds of one definition are the same to the byte', async () => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('99'))
  await cli('build', '--out', 'first')
  await cli('build', '--out', 'second')
  const [first, second] = await Promise.all(
    ['first', 'second'].map((out) => readFile(join(folder, out, 'grafana/one.json'), 'utf8')),
  )
  expect(first).toBe(second)
})

test('a definition that cannot work writes nothing, and is told in a line for each problem', async () => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('101'))
  const { code, stderr } = await cli('build')
  expect(code).toBe(1)
  expect(stderr).toBe(
    'cx-dashboards: 1 problem in the definition:\n' +
      '  graph("API").targets.availability: a target of 101 % cannot be met or missed. Choose a value above 0 % and at most 100 %. (CX_ERR_TARGET)\n',
  )
  expect(await readdir(folder)).toEqual(['.bin.mjs', 'cx-dashboards.config.ts'])
})

test('a stack is shown on demand only', async () => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('101'))
  expect((await cli('build', '--verbose')).stderr).toContain('    at ')
})

test.for([
  [['build'], 'Name the file that exports your dashboards with --config.'],
  [['frobnicate'], '"frobnicate" is no command. Use one of build, diff, publish, '],
  [['backtest', '--from', '2026-11-03', '--to', '2026-11-02'], 'is not before --to 2026-11-02.'],
  [['preview', '--backtest', 'nowhere.json'], 'there is no'],
  [['build', 'publish'], '"build publish" is no command.'],
  [['build', '--colour'], "Unknown option '--colour'"],
  [['preview', '--config', 'nowhere.ts'], 'there is no'],
] as const)('%o ends with one line that helps', async ([args, reason]) => {
  const { code, stderr } = await cli(...args)
  expect(code).toBe(1)
  expect(stderr).toContain(`cx-dashboards: `)
  expect(stderr).toContain(reason)
  expect(stderr).not.toContain('    at ')
})

test('a config that exports something else is told as such', async () => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), 'export default {}')
  const { stderr } = await cli('build')
  expect(stderr).toContain(
    'exports no dashboards. Its default export must be defineDashboards({ … }).',
  )
})

test('help and version go to standard output', async () => {
  expect(await cli('--help')).toMatchObject({ code: 0, stderr: '' })
  expect((await cli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.for([
  [
    'of a syntax that Node does not take',
    'const a = 1\nexport default }',
    /cx-dashboards\.config\.ts:2 cannot be loaded: /,
  ],
  [
    'that throws',
    'const a = undefined as unknown as { b: string }\nexport default a.b',
    /cx-dashboards\.config\.ts:2 cannot be loaded: /,
  ],
] as const)('a config %s is told with its place', async ([, content, message]) => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), content)
  const { code, stderr } = await cli('build')
  expect(code).toBe(1)
  expect(stderr).toMatch(message)
})

test('a config in a package that is not of modules is told what to do', async () => {
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }')
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('99'))
  expect((await cli('build')).stderr).toContain(
    'Add "type": "module" to the package.json beside it.',
  )
})
