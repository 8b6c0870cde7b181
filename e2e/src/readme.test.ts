import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { freePorts } from '../../scripts/stack/ports.ts'

// What the README says, done as a user would: the packed packages, in a folder of their own.
const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')

const block = (start: string): string => {
  const found = readme.split('```').find((text) => text.replace(/^\w+\n/, '').startsWith(start))
  if (!found) throw new Error(`the README has no block that begins with ${start}`)
  return found.replace(/^\w+\n/, '')
}

const run = (command: string, args: readonly string[], cwd: string) => {
  const { status, stderr, stdout } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, npm_config_loglevel: 'error' },
  })
  return { status, said: stdout + stderr }
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cx-readme-'))
  const packages = ['cx-definition', 'cx-metrics', 'cx-dashboards']
  expect(
    run(
      'npm',
      ['pack', '--pack-destination', folder, ...packages.flatMap((name) => ['--workspace', name])],
      root,
    ),
  ).toMatchObject({ status: 0 })
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  const named = (name: string) => tarballs.find((tarball) => tarball.startsWith(`${name}-`))
  const wanted = block('npm install cx-metrics')
    .replaceAll('\\\n', ' ')
    .trim()
    .split(/\s+/)
    .slice(2)
    .map((name) => (packages.includes(name) ? `./${named(name)}` : name))
  const { said, status } = run('npm', ['install', ...wanted, `./${named('cx-dashboards')}`], folder)
  expect({ status, said }).toMatchObject({ status: 0 })
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the service of the README serves its metrics', async () => {
  await writeFile(
    join(folder, 'service.ts'),
    block('// service.ts')
      .replace('8080', '0')
      .replace('await app.listen', 'const url = await app.listen') + 'console.log(url)\n',
  )
  const { metrics } = await freePorts()
  const child = spawn(process.execPath, ['service.ts'], {
    cwd: folder,
    env: { ...process.env, OTEL_EXPORTER_PROMETHEUS_PORT: String(metrics) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [url] = (await once(child.stdout, 'data')) as [Buffer]
    await (
      await fetch(`${url.toString().trim()}/api/documents/1`, {
        headers: { 'x-app-customer': 'contoso' },
      })
    ).text()
    await sleep(100)
    const page = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()
    expect(page).toContain(
      'cx_requests_total{customer="contoso",http_request_method="GET",http_route="/api/documents/:documentId",',
    )
  } finally {
    child.kill('SIGKILL')
  }
})

test('the graph of the README becomes a dashboard', async () => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), block('// cx-dashboards.config.ts'))
  expect(run('npx', ['cx-dashboards', 'build'], folder)).toMatchObject({ status: 0 })
  const { panels, title } = JSON.parse(
    await readFile(join(folder, 'generated/grafana/documents.json'), 'utf8'),
  ) as { panels: unknown[]; title: string }
  expect(title).toBe('Documents')
  expect(panels).toHaveLength(5)
})

test('the objective of the README becomes rules, routes, runbooks and dashboards', async () => {
  for (const file of ['catalog.ts', 'paged.config.ts'])
    await writeFile(join(folder, file), block(`// ${file}`))
  const args = ['cx-dashboards', 'build', '--config', 'paged.config.ts', '--out', 'paged']
  expect(run('npx', args, folder)).toMatchObject({ status: 0 })
  expect(readdirSync(join(folder, 'paged/prometheus'))).toContain(
    'objective-documents-availability.rules.yml',
  )
  expect(readdirSync(join(folder, 'paged/grafana'))).toContain(
    'cx-objective-documents-availability.json',
  )
  expect(readdirSync(join(folder, 'paged/runbooks'))).toContain('documents-availability-burn.md')
  expect(readdirSync(join(folder, 'paged/alertmanager'))).toContain('alertmanager.yml')
  await writeFile(join(folder, 'prometheus.yml'), block('# prometheus.yml'))
  const { promtool } = findPrometheus(console.log)
  const { said, status } = run(promtool, ['check', 'config', 'prometheus.yml'], folder)
  expect({ said, status }).toMatchObject({
    status: 0,
    said: expect.stringContaining('rule files found'),
  })
})

test('all compile for who checks the types of libraries too', async () => {
  const options = {
    module: 'nodenext',
    target: 'es2024',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
    allowImportingTsExtensions: true,
  }
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: options,
      include: ['cx-dashboards.config.ts', 'catalog.ts', 'paged.config.ts', 'service.ts'],
    }),
  )
  const { said } = run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], folder)
  // Only ours count: what others ship is not ours to mend.
  expect(
    said.split('\n').filter((line) => /^(\S*cx-|service\.ts|catalog\.ts|paged\.)/.test(line)),
  ).toEqual([])
})
