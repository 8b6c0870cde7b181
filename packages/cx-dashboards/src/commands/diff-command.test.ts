import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { beforeAll, afterAll, expect, onTestFinished, test } from 'vitest'
import { startFakeRuler } from '../../fakes/fake-ruler.ts'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// A command starts anew for each, on a machine that may be busy.
const patience = 60_000

let folder: string
beforeAll(async () => {
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(join(source('../..'), '.diff-test-'))
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('99'))
  await writeFile(join(folder, 'stricter.config.ts'), config('99.9'))
  await writeFile(
    join(folder, '.bin.mjs'),
    `import { main } from ${JSON.stringify(pathToFileURL(source('../cli.ts')).href)}
     process.exitCode = await main(process.argv.slice(2))`,
  )
  await cli('build')
}, patience)
afterAll(() => rm(folder, { recursive: true, force: true }))

const config = (target: string) => `
import { availability, catalog, days, feature, objective, operation, owner, percent, perHour } from 'cx-definition'
import { contact, defineDashboards, graph, row, webhook } from 'cx-dashboards'
const platform = owner('platform')
const api = feature('api', { title: 'API', description: '', owner: platform, operations: [operation('api', 'GET', '/')] })
const hook = webhook({ url: 'https://example.com/alerts' })
export default defineDashboards({
  catalog: catalog({
    owners: [platform],
    features: [api],
    objectives: [objective('api', {
      feature: api, indicator: availability({ of: api.operations }),
      target: percent(${target}), window: days(30), traffic: perHour(600),
    })],
  }),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [{ uid: 'one', title: 'One', description: '', rows: [
    row('Row', [graph({ name: 'API', targets: { availability: percent(${target}) } }).availability()]),
  ] }],
  alerting: {
    contacts: [contact(platform, { page: [hook], ticket: [hook] })],
    environments: ['production'],
  },
})
`

const cli = async (...args: string[]) => {
  const { GRAFANA_URL: _, ...env } = process.env
  const child = spawn(process.execPath, ['--conditions=cx-source', '.bin.mjs', ...args], {
    cwd: folder,
    env,
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout, stderr }
}

const moments = async (): Promise<readonly string[]> => {
  const names = await readdir(join(folder, 'generated'), { recursive: true })
  return Promise.all(
    names.toSorted().map(async (name) => {
      const { ctimeMs, mtimeMs } = await stat(join(folder, 'generated', name))
      return `${name} ${mtimeMs} ${ctimeMs}`
    }),
  )
}

test(
  'what was just built is the same, and that is exit code 0',
  { timeout: patience },
  async () => {
    const { code, stderr, stdout } = await cli('diff', '--against', 'generated')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('\n3 the same.')
  },
)

test(
  'a stricter promise is exit code 2, told for each target, and no file is touched',
  { timeout: patience },
  async () => {
    const before = await moments()
    const { code, stderr, stdout } = await cli(
      'diff',
      '--config',
      'stricter.config.ts',
      '--against',
      'generated',
    )
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
    expect(stdout).toMatch(
      /"Availability"\n.*\n {8}thresholds: #D55E00, from 0\.99 #009E73 → #D55E00, from 0\.999 #009E73/,
    )
    expect(stdout).toContain('promised: 99 % → 99.9 %')
    expect(stdout).toContain(
      'more sensitive: at 600 events an hour a full outage pages after 2 minutes instead of after 11 minutes',
    )
    expect(stdout).toContain('= routes the same')
    expect(stdout).toMatch(/\n2 would change, 1 the same\.\n$/)
    expect(await moments()).toEqual(before)
  },
)

test('JSON tells it whole, and Markdown as a comment', { timeout: patience }, async () => {
  const args = ['diff', '--config', 'stricter.config.ts', '--rules', 'generated/prometheus']
  const json = await cli(...args, '--json')
  expect(json.code).toBe(2)
  const [{ objects }] = JSON.parse(json.stdout).targets
  expect(objects[0]).toMatchObject({ kind: 'rule file', action: 'update' })
  expect(objects[0].changes[0]).toEqual({
    subject: 'api',
    what: 'promised',
    before: '99 %',
    after: '99.9 %',
  })
  const markdown = await cli(...args, '--markdown')
  expect(markdown.stdout).toContain('| rule file | objective-api.rules.yml | would change |')
})

test('a ruler is only read, and is told to be what it is', { timeout: patience }, async () => {
  const fake = await startFakeRuler({ tenants: true })
  onTestFinished(fake.stop)
  const { code, stderr } = await cli('diff', '--ruler', fake.url)
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Set RULER_TENANT') })
  process.env['RULER_TENANT'] = 'team-a'
  onTestFinished(() => void delete process.env['RULER_TENANT'])
  const { code: changed, stdout } = await cli('diff', '--ruler', fake.url)
  expect(changed).toBe(2)
  expect(stdout).toContain('+ rule group cx.objective-api/cx-objective-api would be created')
  expect(fake.requests.length).toBeGreaterThan(1)
  expect(fake.requests.filter((each) => !each.startsWith('GET '))).toEqual([])
})

test(
  'what can be read is told, though something else cannot, and that is exit code 1',
  { timeout: patience },
  async () => {
    await writeFile(join(folder, 'broken.yml'), 'global: { smtp_auth_password: "SECRET }\n')
    const { code, stderr, stdout } = await cli(
      'diff',
      '--rules',
      'generated',
      '--alertmanager',
      'broken.yml',
    )
    expect(code).toBe(1)
    expect(stdout).toContain('1 the same.')
    expect(stderr).toMatch(
      /^cx-dashboards: not compared: broken\.yml, line \d, is no YAML[^\n]*\n$/,
    )
    expect(stderr).not.toContain('SECRET')
  },
)

test.each([
  [['diff'], 'there is nothing to compare with. Set GRAFANA_URL, or DD_API_KEY and'],
  [['diff', '--grafana'], 'GRAFANA_URL is not set'],
  [['diff', '--datadog'], 'the set has no Datadog'],
  [['diff', '--rules', 'generated', '--json', '--markdown'], 'Choose one'],
  [['diff', '--rules', 'nowhere'], 'the rules in nowhere cannot be listed'],
  [['diff', '--ruler', 'http://127.0.0.1:1/'], 'the ruler does not answer'],
])('%j is an error in one line', { timeout: patience }, async (args, expected) => {
  const { code, stderr } = await cli(...args)
  expect(code).toBe(1)
  expect(stderr).toContain(expected)
  expect(stderr.trimEnd()).not.toContain('\n')
})

test(
  'a built file whose titles hold anything is told without obeying it',
  { timeout: patience },
  async () => {
    const file = join(folder, 'generated/grafana/one.json')
    const text = await readFile(file, 'utf8')
    onTestFinished(() => writeFile(file, text))
    const json = JSON.parse(text)
    json.panels[1].title = `\u001B[2J${'é'.repeat(300)} "\${x}" [[y]]`
    await writeFile(file, JSON.stringify(json))
    const { code, stdout } = await cli('diff', '--against', 'generated')
    expect(code).toBe(2)
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u)
    await writeFile(file, '<!doctype html>')
    expect((await cli('diff', '--against', 'generated')).stderr).toContain('one.json is no JSON')
  },
)
