import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startFakeDatadog } from '../../fakes/fake-datadog/fake-datadog.ts'
import { startFakeDatadogEvents } from '../../fakes/fake-datadog-events.ts'
import { create } from '../../fakes/fake-datadog/store.ts'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// A command starts anew for each, on a machine that may be busy.
const patience = { timeout: 120_000 }

let folder: string
beforeAll(async () => {
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(join(source('../..'), '.shadow-test-'))
  const files = {
    'cx-dashboards.config.ts': config('CX', "datadog: { site: 'datadoghq.eu' },"),
    'nothing.config.ts': config('CX', ''),
    'other.config.ts': config('other', "datadog: { site: 'datadoghq.eu' },"),
    'alerts.csv': 'time,team,title\n2026-11-03T10:00Z,growth,Broken\n2026-11-04 10:00,growth,B\n',
    'broken.csv': 'time,team,title\nsoon,growth,Broken\n',
    'latin.csv': Buffer.from('time,team,title\n2026-11-03T10:00Z,growth,M\xFCll\n', 'latin1'),
    '.bin.mjs': `import { main } from ${JSON.stringify(pathToFileURL(source('../cli.ts')).href)}
      process.exitCode = await main(process.argv.slice(2))`,
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const config = (uid: string, datadog: string) => `
import { catalog, owner } from 'cx-definition'
import { defineDashboards } from 'cx-dashboards'
export default defineDashboards({
  catalog: catalog({ owners: [owner('growth')], features: [] }),
  folder: { uid: '${uid}', title: 'CX' },
  dashboards: [],
  ${datadog}
})
`

const keys = { DD_API_KEY: 'secret-api', DD_APP_KEY: 'secret-app' }

const shadow = async (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  const child = spawn(process.execPath, ['--conditions=cx-source', '.bin.mjs', 'shadow', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const [code] = await once(child, 'close')
  expect(stdout + stderr).not.toContain('secret-')
  return { code: code as number, stdout, stderr }
}

const monitor = (name: string, ...more: readonly string[]) => ({
  name,
  type: 'rum alert',
  tags: ['managed_by:cx-dashboards', 'cx_set:cx', `cx_name:${name}`, 'team:growth', ...more],
})

const started = async () => {
  const upstream = await startFakeDatadog({ apiKey: keys.DD_API_KEY, appKey: keys.DD_APP_KEY })
  onTestFinished(upstream.close)
  const fake = await startFakeDatadogEvents(upstream.url)
  onTestFinished(fake.close)
  const told = create(
    upstream.store,
    'monitor',
    monitor('growth-browser-errors', 'severity:ticket'),
  )
  const part = create(upstream.store, 'monitor', monitor('growth-burn-1h', 'cx_role:part'))
  for (const { id } of [told, part]) {
    fake.events.push({
      monitor: Number(id),
      at: new Date('2026-11-03T10:05Z'),
      before: 'OK',
      state: 'Alert',
      transition: 'alert',
    })
  }
  return { env: { ...keys, DD_API_URL: fake.url }, upstream }
}

const weeks = ['--from', '2026-11-02T00:00Z', '--to', '2026-11-16T00:00Z']

test(
  'what would have told a team is compared, and not its parts; nothing is written',
  patience,
  async () => {
    const { env, upstream } = await started()
    const { code, stderr, stdout } = await shadow(env, '--alerts', 'alerts.csv', ...weeks, '--json')
    expect(stderr).toBe(
      'shadow: alerts.csv, line 3: the time 2026-11-04 10:00 has no zone; taken for UTC.\n',
    )
    expect(code).toBe(0)
    const { teams } = JSON.parse(stdout)
    expect(teams).toHaveLength(1)
    expect(teams[0].both).toMatchObject([
      { firing: { monitor: { title: 'growth-browser-errors' } }, later: 300 },
    ])
    expect(teams[0].onlyDatadog).toEqual([])
    expect(teams[0].onlyOld).toHaveLength(1)
    expect(upstream.requests.filter((each) => !each.startsWith('GET '))).toEqual([])
    const markdown = await shadow(env, '--alerts', 'alerts.csv', ...weeks, '--markdown')
    expect(markdown.stdout).toContain('\n### growth, 1 monitor\n')
  },
)

test('what stands in the way is told in one line', patience, async () => {
  const { env } = await started()
  const { DD_APP_KEY: _, ...withoutOne } = env
  for (const [given, args, reason] of [
    [env, weeks, '--alerts is missing.'],
    [env, ['--alerts', 'nowhere.csv', ...weeks], '--alerts cannot be read:'],
    [
      env,
      ['--alerts', 'broken.csv', ...weeks],
      'broken.csv, line 2: the time "soon" is no moment.',
    ],
    [env, ['--alerts', 'latin.csv', ...weeks], 'latin.csv is not UTF-8.'],
    [env, ['--alerts', 'alerts.csv', ...weeks, '--json', '--markdown'], 'Choose one.'],
    [
      env,
      ['--alerts', 'alerts.csv', ...weeks, '--config', 'nothing.config.ts'],
      'the set has no Datadog.',
    ],
    [
      env,
      ['--alerts', 'alerts.csv', ...weeks, '--config', 'other.config.ts'],
      'no monitor of the set other is in Datadog. Run cx-dashboards publish --datadog',
    ],
    [withoutOne, ['--alerts', 'alerts.csv', ...weeks], 'DD_APP_KEY is not set.'],
    [
      { ...env, DD_APP_KEY: 'secret-other' },
      ['--alerts', 'alerts.csv', ...weeks],
      'the keys may not do that',
    ],
  ] as const) {
    const { code, stderr, stdout } = await shadow(given, ...args)
    expect(stderr).toContain(reason)
    expect(stderr.split('\n').filter((line) => line.startsWith('cx-dashboards: '))).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  }
})
