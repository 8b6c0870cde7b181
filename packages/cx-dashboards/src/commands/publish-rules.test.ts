import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type FakeRulerOptions, startFakeRuler } from '../../fakes/fake-ruler.ts'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// A command starts anew for each, on a machine that may be busy.
const patience = { timeout: 60_000 }

let folder: string
beforeAll(async () => {
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(join(source('../..'), '.publish-rules-test-'))
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('orders', 'paid'))
  await writeFile(join(folder, 'fewer.config.ts'), config('orders'))
  await writeFile(
    join(folder, '.bin.mjs'),
    `import { main } from ${JSON.stringify(pathToFileURL(source('../cli.ts')).href)}
     process.exitCode = await main(process.argv.slice(2))`,
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const config = (...objectives: readonly string[]) => `
import { availability, catalog, days, feature, objective, operation, owner, percent } from 'cx-definition'
import { contact, defineDashboards, webhook } from 'cx-dashboards'
const platform = owner('platform')
const api = feature('api', { title: 'API', description: '', owner: platform, operations: [operation('api', 'GET', '/')] })
const hook = webhook({ url: 'https://example.com/alerts' })
const promised = (name) => objective(name, {
  feature: api, indicator: availability({ of: api.operations }), target: percent(99), window: days(30),
})
export default defineDashboards({
  catalog: catalog({ owners: [platform], features: [api], objectives: ${JSON.stringify(objectives)}.map(promised) }),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [],
  alerting: { contacts: [contact(platform, { page: [hook], ticket: [hook] })], environments: ['production'] },
})
`

interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** @param shell what a shell does before, such as setting a limit */
const cli = async (
  args: readonly string[],
  shell = '',
  started: (child: ChildProcess) => void = () => undefined,
): Promise<Run> => {
  const command = [process.execPath, '--conditions=cx-source', '.bin.mjs', ...args]
  const child = spawn('sh', ['-c', `${shell} exec "$@"`, 'sh', ...command], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started(child)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  await once(child, 'close')
  return { code: child.exitCode, stdout, stderr }
}

/** A ruler, an empty folder for rules, and an Alertmanager's file that somebody wrote. */
const places = async (options: FakeRulerOptions = {}) => {
  const fake = await startFakeRuler(options)
  onTestFinished(fake.stop)
  const own = await mkdtemp(join(folder, 'places-'))
  const rules = join(own, 'rules')
  await mkdir(rules)
  const routes = join(own, 'am.yml')
  await writeFile(
    routes,
    '# Theirs\nroute: { receiver: inbox }\nreceivers: [{ name: inbox }] # by hand\n',
  )
  const given = ['--ruler', fake.url, '--rules', rules, '--alertmanager', routes]
  const writes = () => fake.requests.filter((each) => !each.startsWith('GET '))
  return { fake, rules, routes, given, writes }
}

test(
  'rules and routes are published as the diff told; a second time nothing is done; then what is no longer promised',
  patience,
  async () => {
    const { fake, given, routes, rules, writes } = await places()
    expect((await cli(['diff', ...given])).stdout).toMatch(
      /\n1 would change, \d+ would be created\.\n$/,
    )
    const first = await cli(['publish', ...given])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain(`Ruler at ${fake.url}/\n`)
    expect(first.stdout).toContain('rule group cx.objective-orders/cx-objective-orders created\n')
    expect(first.stdout).toContain('rule file objective-orders.rules.yml created\n')
    expect(first.stdout).toMatch(/\n\d+ created, 1 updated\n$/)
    expect(await readFile(routes, 'utf8')).toMatch(/^# Theirs\n[^]*cx-platform-page[^]*# by hand/)

    const before = writes().length
    expect((await cli(['publish', ...given])).stdout).toMatch(/\n\d+ equal\n$/)
    expect((await cli(['diff', ...given])).code).toBe(0)
    expect(writes()).toHaveLength(before)

    const fewer = [...given, '--config', 'fewer.config.ts']
    const told = await cli(['diff', ...fewer])
    expect(told.code).toBe(2)
    expect(told.stdout).toMatch(
      /! rule file objective-paid\.rules\.yml no longer in the set, left without --prune/,
    )
    expect((await cli(['publish', ...fewer])).stdout).toMatch(/, 3 left without --prune\n$/)
    const unasked = await cli(['publish', ...fewer, '--prune'])
    expect(unasked.code).toBe(1)
    expect(unasked.stderr).toContain('--prune would remove 3 and there is nobody to ask')
    expect(writes()).toHaveLength(before)
    const pruned = await cli(['publish', ...fewer, '--prune', '--yes'])
    expect(pruned.stdout).toMatch(/\n3 removed, \d+ equal\n$/)
    expect([...fake.stored.keys()]).toEqual(['cx.objective-orders'])
    expect(await readdir(rules)).not.toContain('objective-paid.rules.yml')
  },
)

test('a ruler that lets nobody write keeps no file from being written', patience, async () => {
  const { given, rules } = await places({
    fault: ({ method }, reply) => (method === 'POST' ? reply.code(401).send('unknown') : undefined),
  })
  const { code, stdout } = await cli(['publish', ...given])
  expect(code).toBe(1)
  expect(stdout).toMatch(/\n\d+ created, 1 updated; 4 not done \(ruler does not let us\): cx\./)
  expect((await readdir(rules)).length).toBeGreaterThan(1)
})

test(
  'where nothing more can be written, what was there stays whole, and the next run writes it',
  patience,
  async () => {
    const { given, rules } = await places()
    const file = join(rules, 'objective-orders.rules.yml')
    const old = '# Generated by cx-dashboards\ngroups: []\n'
    await writeFile(file, old)
    const full = await cli(['publish', ...given], 'ulimit -f 8;')
    expect(full.code).toBe(1)
    expect(full.stdout).toMatch(
      /not published rule file objective-orders\.rules\.yml: \S+ cannot be written: EFBIG/,
    )
    expect(await readFile(file, 'utf8')).toBe(old)
    expect((await readdir(rules)).filter((name) => !name.endsWith('.rules.yml'))).toEqual([])
    expect((await cli(['publish', ...given])).code).toBe(0)
    expect(await readFile(file, 'utf8')).toContain('cx-objective-orders')
  },
)

test('a run that is killed midway is completed by the next', patience, async () => {
  let child: ChildProcess | undefined
  let left = 2
  const { fake, given, writes } = await places({
    afterWrite: () => {
      if (--left === 0) child?.kill('SIGKILL')
    },
  })
  const killed = await cli(['publish', ...given], '', (started) => (child = started))
  expect(killed.code).toBe(null)
  const done = writes()
  const next = await cli(['publish', ...given])
  expect(next).toMatchObject({ code: 0, stderr: '' })
  expect(writes().filter((each) => each.startsWith('POST'))).toHaveLength(4)
  expect(done.length).toBeGreaterThanOrEqual(2)
  expect([...fake.stored].flatMap(([, groups]) => [...groups.keys()])).toHaveLength(4)
})

test(
  'what a build no longer makes is gone from it, and no matter of --prune',
  patience,
  async () => {
    expect((await cli(['build'])).code).toBe(0)
    const { code, stdout } = await cli([
      'diff',
      '--against',
      'generated',
      '--config',
      'fewer.config.ts',
    ])
    expect(code).toBe(2)
    expect(stdout).toContain('- rule file objective-paid.rules.yml would be removed')
  },
)

test.each([
  [['publish'], 'there is nowhere to publish to'],
  [['publish', '--against', 'generated'], '--against names what diff and backtest compare with'],
  [['publish', '--rules', 'nowhere'], 'the rules in nowhere cannot be listed'],
])('%j is an error in one line', patience, async (args, expected) => {
  const { code, stderr } = await cli(args)
  expect(code).toBe(1)
  expect(stderr).toContain(expected)
  expect(stderr.trimEnd()).not.toContain('\n')
})
