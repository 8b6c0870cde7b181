import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startFakeDatadog } from '../../fakes/fake-datadog/fake-datadog.ts'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// A command starts anew for each, on a machine that may be busy.
const patience = { timeout: 120_000 }

let folder: string
beforeAll(async () => {
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(join(source('../..'), '.publish-datadog-test-'))
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('99', '@slack-platform'))
  await writeFile(join(folder, 'changed.config.ts'), config('99.9', '@slack-others'))
  await writeFile(
    join(folder, '.bin.mjs'),
    `import { main } from ${JSON.stringify(pathToFileURL(source('../cli.ts')).href)}
     process.exitCode = await main(process.argv.slice(2))`,
  )
  await writeFile(
    join(folder, '.no-client.mjs'),
    `import { registerHooks } from 'node:module'
     registerHooks({ resolve: (name, context, next) => {
       if (name === '@datadog/datadog-api-client') throw Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' })
       return next(name, context)
     } })`,
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const config = (target: string, handle: string) => `
import { availability, catalog, days, feature, objective, operation, owner, percent, perHour } from 'cx-definition'
import { datadogContact, defineDashboards, graph, row } from 'cx-dashboards'
const platform = owner('platform')
const api = feature('api', { title: 'API', description: '', owner: platform, operations: [operation('api', 'GET', '/')] })
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
    row('Row', [graph({ name: 'API' }).availability()]),
  ] }],
  datadog: { site: 'datadoghq.eu', monitors: {
    mode: 'primary', environment: 'production',
    contacts: [datadogContact(platform, { page: ['${handle}'], ticket: ['${handle}'] })],
  } },
})
`

const keys = { DD_API_KEY: 'secret-api', DD_APP_KEY: 'secret-app' }

const cli = async (
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  node: readonly string[] = [],
) => {
  const child = spawn(process.execPath, ['--conditions=cx-source', ...node, '.bin.mjs', ...args], {
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

const started = async () => {
  const fake = await startFakeDatadog({ apiKey: keys.DD_API_KEY, appKey: keys.DD_APP_KEY })
  onTestFinished(fake.close)
  return { fake, env: { ...keys, DD_API_URL: fake.url } }
}

test(
  'what the catalog says is published, then compared in words, then updated',
  patience,
  async () => {
    const { env, fake } = await started()
    const first = await cli(env, ['publish'])
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    expect(first.stdout).toMatch(/^Datadog at https:\/\/app\.datadoghq\.eu\nSLO api created: https/)
    const [, count = ''] = /\n(\d+) created\n$/.exec(first.stdout) ?? []
    expect(Number(count)).toBeGreaterThan(1)

    const same = await cli(env, ['diff'])
    expect(same).toEqual({
      code: 0,
      stdout: expect.stringContaining(`${count} the same.`),
      stderr: '',
    })

    const changed = await cli(env, ['diff', '--datadog', '--config', 'changed.config.ts'])
    expect(changed.code).toBe(2)
    expect(changed.stdout).toContain('~ SLO api would change\n')
    expect(changed.stdout).toContain('promised: 99 % over 30d → 99.9 % over 30d')
    expect(changed.stdout).toMatch(/tells: .*@slack-platform.* → .*@slack-others/)
    const before = fake.requests.length
    expect((await cli(env, ['publish', '--config', 'changed.config.ts'])).stdout).toMatch(
      /\n(?:\d+ created, )?\d+ updated(?:, \d+ equal)?\n$/,
    )
    expect(fake.requests.slice(before).some((each) => each.startsWith('PUT '))).toBe(true)
  },
)

test('what stands in the way of the first request is told in one line', patience, async () => {
  const { env, fake } = await started()
  const { DD_APP_KEY: _, ...withoutOne } = env
  const told = async (...given: Parameters<typeof cli>) => {
    const { code, stderr } = await cli(...given)
    expect(code).toBe(1)
    expect(stderr.trimEnd()).not.toContain('\n')
    return stderr
  }
  expect(await told(withoutOne, ['publish'])).toContain('there is nowhere to publish to')
  expect(await told(withoutOne, ['publish', '--datadog'])).toContain('DD_APP_KEY is not set')
  expect(await told(env, ['publish'], ['--import', './.no-client.mjs'])).toContain(
    'Run npm install @datadog/datadog-api-client.',
  )
  expect(fake.requests).toEqual([])
})

test(
  'what Grafana does not take does not keep Datadog from being published',
  patience,
  async () => {
    const { env, fake } = await started()
    const nowhere = { GRAFANA_URL: 'ftp://grafana.example/' }
    const { code, stderr, stdout } = await cli({ ...env, ...nowhere }, ['publish'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/\n\d+ created\n$/)
    expect(stderr).toContain('cx-dashboards: not published: ')
    expect(fake.store.slo.size).toBe(1)
  },
)
