import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findK6 } from './find-k6.ts'
import { k6Options } from './k6-options.ts'
import { scenarios, shortened, totalSeconds } from './scenarios.ts'

test('k6 gets the same scenarios, in milliseconds', () => {
  const { scenarios: made = {} } = k6Options(scenarios)
  expect(Object.keys(made)).toEqual(scenarios.map(({ name }) => name))
  expect(made['contoso-reads']).toEqual({
    executor: 'ramping-arrival-rate',
    startRate: 2,
    timeUnit: '1s',
    stages: [
      { duration: '60000ms', target: 12 },
      { duration: '120000ms', target: 12 },
      { duration: '60000ms', target: 20 },
      { duration: '60000ms', target: 2 },
    ],
    preAllocatedVUs: 20,
    maxVUs: 80,
  })
})

test('k6 gets thresholds for failures, for documented answers and for each scenario', () => {
  expect(k6Options(shortened(0.5)).thresholds).toEqual({
    http_req_failed: ['rate<0.05'],
    checks: ['rate>0.99'],
    'http_req_duration{scenario:contoso-reads}': ['p(95)<250'],
    'http_req_duration{scenario:contoso-writes}': ['p(95)<800'],
    'http_req_duration{scenario:fabrikam-reads}': ['p(95)<250'],
    'http_req_duration{scenario:fabrikam-writes}': ['p(95)<800'],
  })
})

const script = join(import.meta.dirname, 'traffic-k6.ts')

const inspect = (path: string, env: Record<string, string>) =>
  promisify(execFile)(path, ['inspect', ...Object.entries(env).flatMap(asFlags), script])

const asFlags = ([name, value]: [string, string]) => ['--env', `${name}=${value}`]

test('k6 itself reads the script and shortens it', async ({ skip }) => {
  const k6 = findK6() ?? skip('k6 v1 or later is neither on PATH nor built')
  const { stdout } = await inspect(k6.path, { LOAD_FACTOR: '0.1' })
  const options = JSON.parse(stdout)
  expect(Object.keys(options.scenarios).toSorted()).toEqual(scenarios.map(({ name }) => name))
  for (const scenario of shortened(0.1)) {
    const { stages } = options.scenarios[scenario.name]
    expect(stages).toHaveLength(scenario.stages.length)
    expect(totalSeconds(scenario)).toBeCloseTo(30, 9)
    expect(stages[0].duration).toBe(`${scenario.stages[0]!.seconds}s`)
  }
}, 30_000)

test('k6 itself refuses a host that is not this machine', async ({ skip }) => {
  const k6 = findK6() ?? skip('k6 v1 or later is neither on PATH nor built')
  const refused = inspect(k6.path, { BASE_URL: 'http://example.com' })
  await expect(refused).rejects.toThrow('which is not this machine')
}, 30_000)
