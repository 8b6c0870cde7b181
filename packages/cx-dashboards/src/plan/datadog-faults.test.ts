import { expect, test } from 'vitest'
import { datadogSet, monitor, withJson, withObject } from '../../fakes/datadog-set.ts'
import { access, byHand, datadogSubject, idOf, only, writes } from '../../fakes/datadog-subject.ts'
import type { Mishap } from '../../fakes/faults.ts'
import { connectDatadog } from '../publishers/datadog-api.ts'
import type { DatadogObject } from '../datadog/datadog-object.ts'

type Subject = Awaited<ReturnType<typeof datadogSubject>>

/** Whatever went wrong: the next run does what is missing, the one after it nothing, and nothing is there twice. */
const expectConvergence = async (
  { fake, publish }: Subject,
  objects: readonly DatadogObject[] = datadogSet(),
) => {
  fake.faults = []
  fake.areKeysValid = true
  expect((await publish(objects)).summary).not.toContain('not done')
  const before = writes(fake).length
  const again = await publish(objects)
  expect(again.summary).toBe(objects.length === 0 ? 'nothing done' : `${objects.length} equal`)
  expect(writes(fake)).toHaveLength(before)
  for (const kind of ['slo', 'monitor', 'dashboard'] as const) {
    expect(fake.store[kind].size).toBe(objects.filter((each) => each.kind === kind).length)
  }
}

const changedSet = () =>
  datadogSet().map((object) =>
    object.kind === 'dashboard'
      ? withJson({ description: 'Otherwise' })(object)
      : withJson({ name: `Another ${object.name}` })(object),
  )

const mishaps: readonly (readonly [string, Mishap])[] = [
  ['is cut off', 'cut'],
  ['is an error of a proxy', { status: 502, body: '<html>' }],
]
const moments = [
  ['before it took effect', false],
  ['after it took effect', true],
] as const

test.for(
  mishaps.flatMap(([how, mishap]) =>
    moments.map(([when, took]) => [how, when, mishap, took] as const),
  ),
)(
  'an answer that %s, %s, is looked after and nothing is done twice',
  async ([, , mishap, tookEffect]) => {
    const started = await datadogSubject()
    const { fake, publish } = started
    const once = (on: string) => ({ on, mishap, tookEffect, times: 1 })
    const each = (method: string) =>
      ['slo', 'monitor', 'dashboard'].map((kind) => once(`${method} /api/v1/${kind}`))
    fake.faults = each('POST')
    expect((await publish(datadogSet())).summary).toBe('6 created')
    fake.faults = each('PUT')
    expect((await publish(changedSet())).summary).toBe('6 updated')
    fake.faults = each('GET')
    expect((await publish(changedSet())).summary).toBe('6 equal')
    await expectConvergence(started, changedSet())
    fake.faults = each('DELETE')
    expect((await publish([], { prune: true })).summary).toBe('6 removed')
    await expectConvergence(started, [])
  },
)

test.for(moments)(
  'an answer that never comes, %s, is looked after in time',
  async ([, tookEffect]) => {
    const started = await datadogSubject({}, { patienceMilliseconds: 500 })
    const { fake, publish } = started
    fake.faults = [{ on: 'POST /api/v1/dashboard', mishap: 'hang', tookEffect, times: 1 }]
    expect((await publish(datadogSet())).summary).toBe('6 created')
    await expectConvergence(started)
  },
)

test('a limit is kept by what its headers say, so that Datadog never has to refuse', async () => {
  let now = 1_800_000_000_000
  const wait = async (milliseconds: number) => void (now += milliseconds)
  const { fake, publish } = await datadogSubject(
    { rateLimits: { limit: 5, period: 30 }, now: () => now },
    { wait, now: () => now },
  )
  const many = Array.from({ length: 40 }, (_, index) => monitor(`many-${index}`))
  expect((await publish(many)).summary).toBe('40 created')
  expect(fake.refused).toBe(0)
  expect(now).toBeGreaterThan(1_800_000_000_000 + 7 * 29_000)
})

test('a storm of refusals is waited out as long as it says, and nothing is made twice', async () => {
  const started = await datadogSubject()
  const { fake, publish, waits } = started
  const headers = {
    'x-ratelimit-limit': '100',
    'x-ratelimit-period': '60',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '42',
    'x-ratelimit-name': 'monitors_write',
  }
  const storm = { mishap: { status: 429, body: { errors: ['Too many'] }, headers } }
  fake.faults = [
    'POST /api/v1/slo',
    'POST /api/v1/monitor',
    'GET /api/v1/monitor',
    'POST /api/v1/dashboard',
  ].map((on) => ({ ...storm, on, times: 3 }))
  expect((await publish(datadogSet())).summary).toBe('6 created')
  expect(Math.max(...waits)).toBeGreaterThanOrEqual(42_000)
  await expectConvergence(started)
})

test('where a limit does not say when it opens, what the answer says of the time is kept to', async () => {
  const started = await datadogSubject()
  const { fake, publish, waits } = started
  const held = { status: 429, headers: { 'retry-after': '20' } }
  fake.faults = [{ on: 'POST /api/v1/slo', times: 1, mishap: held }]
  expect((await publish(datadogSet())).summary).toBe('6 created')
  expect(Math.max(...waits)).toBeGreaterThanOrEqual(20_000)
  await expectConvergence(started)
})

test('a refusal that quotes a key does not show it', async () => {
  const { fake, publish } = await datadogSubject()
  const body = { errors: { widget: 'no way for secret-api and secret-app' } }
  fake.faults = [{ on: 'POST /api/v1/dashboard', mishap: { status: 409, body } }]
  const { told } = await publish(datadogSet())
  expect(told).toContain('no way for')
  expect(told).not.toMatch(/secret-a/)
})

test.for([
  ['is not done', { tookEffect: false }],
  ['is done and its answer is lost', { tookEffect: true }],
] as const)(
  'a server that adds of its own, and a second write that %s: nothing looks changed by a person',
  async ([, effect]) => {
    const started = await datadogSubject()
    const { fake, publish } = started
    fake.additions = {
      slo: { brand_new: 1 },
      monitor: { brand_new: 1 },
      dashboard: { theme: 'dark' },
    }
    fake.faults = ['slo', 'monitor', 'dashboard'].map((kind) => ({
      on: `PUT /api/v1/${kind}`,
      times: 1,
      mishap: { status: 502 },
      ...effect,
    }))
    expect((await publish(datadogSet())).summary).toBe('6 created')
    expect((await publish(datadogSet())).summary).toBe('6 equal')
  },
)

test('a limit that opens in an hour is told with its name, and not waited for', async () => {
  const started = await datadogSubject()
  const { fake, publish } = started
  const headers = {
    'x-ratelimit-limit': '10',
    'x-ratelimit-period': '3600',
    'x-ratelimit-reset': '3100',
    'x-ratelimit-name': 'slo_write',
  }
  fake.faults = [{ on: 'POST /api/v1/slo', mishap: { status: 429, headers } }]
  const { told } = await publish(datadogSet())
  expect(told).toContain(
    "more than Datadog's limit of slo_write allows, which is 10 in 3600 s; the next may come in 3100 s.",
  )
  expect(fake.requests.filter((each) => each.startsWith('POST /api/v1/slo'))).toHaveLength(1)
  await expectConvergence(started)
})

test('keys that are not known are told before anything is asked', async () => {
  const { fake, connect } = await datadogSubject({ apiKey: 'another' })
  await expect(connect()).rejects.toThrow('Datadog does not know the API key')
  expect(fake.requests).toEqual(['GET /api/v1/validate'])
})

test('an application key that is not known is told, and nothing is written', async () => {
  const { fake, publish } = await datadogSubject({ appKey: 'another' })
  await expect(publish(datadogSet())).rejects.toThrow('the keys may not do that (Forbidden)')
  expect(writes(fake)).toEqual([])
})

test('keys that are revoked midway end it, and what is missing is named', async () => {
  const started = await datadogSubject()
  const { fake, publish } = started
  fake.faults = [
    {
      on: 'POST /api/v1/monitor',
      after: 2,
      times: 1,
      meanwhile: () => (fake.areKeysValid = false),
    },
  ]
  const { summary, told } = await publish(datadogSet())
  expect(summary).toMatch(/^2 created; 4 not done \(Datadog does not let us\): /)
  expect(told).toContain('Datadog does not know the API key')
  await expectConvergence(started)
})

test('what the keys may not do alone keeps the rest from nothing', async () => {
  const started = await datadogSubject()
  const { fake, publish } = started
  fake.faults = [
    { on: 'POST /api/v1/dashboard', mishap: { status: 403, body: { errors: ['Forbidden'] } } },
  ]
  const { summary, told } = await publish(datadogSet())
  expect(summary).toBe('4 created; 2 not done: overview, customer')
  expect(told).toContain(
    '/api/v1/dashboard: the keys may not do that (Forbidden). Are they of this site',
  )
  await expectConvergence(started)
  fake.faults = [
    { on: 'GET /api/v1/slo', mishap: { status: 403, body: { errors: ['Forbidden'] } } },
  ]
  await expect(publish(datadogSet())).rejects.toThrow('GET http://127.0.0.1')
})

test('a server that is gone midway is told of, and what is missing is named', async () => {
  const started = await datadogSubject()
  const { fake, publish } = started
  fake.faults = [{ writes: true, after: 3, mishap: 'cut' }]
  const { summary, told } = await publish(datadogSet())
  expect(summary).toMatch(/^2 created; 4 not done \(Datadog does not answer\): /)
  expect(told).toContain('Is it up, and are DD_SITE and the network right?')
  await expectConvergence(started)
})

test.for([
  ['redirects', { status: 302, headers: { location: 'https://example.com/' } }, 'it redirects'],
  ['answers with a page', { status: 200, body: '<html>' }, 'something other than JSON'],
] as const satisfies readonly (readonly [string, Mishap, string])[])(
  'a server that %s midway is told of, and the rest is not tried',
  async ([, mishap, reason]) => {
    const started = await datadogSubject()
    const { fake, publish } = started
    fake.faults = [{ on: 'POST /api/v1/slo', mishap }]
    const { summary, told } = await publish(datadogSet())
    expect(summary).toMatch(/^nothing done; 6 not done \(Datadog does not let us\)/)
    expect(told).toContain(reason)
    await expectConvergence(started)
  },
)

test.for(['PUT', 'DELETE'] as const)(
  'what somebody changes between our look and our %s is theirs',
  async (method) => {
    const { fake, publish } = await datadogSubject()
    await publish(datadogSet())
    const json = only(fake, 'monitor', 'documents-evidence-1h')
    const path = `/api/v1/monitor/${idOf(json)}`
    const meanwhile = () => void byHand(fake, 'monitor', json, { message: 'Theirs' })
    fake.faults = [{ on: `GET ${path}`, times: 1, meanwhile }]
    const wanted = withObject(datadogSet(), 'monitor', 'documents-evidence-1h', (object) =>
      method === 'PUT' ? withJson({ priority: 2 })(object) : undefined,
    )
    const without = wanted.filter(({ name }) => method === 'PUT' || name !== 'documents-page')
    const { summary, told } = await publish(without, { prune: true })
    expect(summary).toContain('1 not done: documents-evidence-1h')
    expect(told).toContain('It was left as they made it')
    expect(only(fake, 'monitor', 'documents-evidence-1h')).toMatchObject({ message: 'Theirs' })
    expect(fake.requests).not.toContain(`${method} ${path}`)
  },
)

test('what somebody changes while the answer to our change is lost is theirs', async () => {
  const { fake, publish } = await datadogSubject()
  await publish(datadogSet())
  const json = only(fake, 'monitor', 'documents-evidence-1h')
  const meanwhile = () => void byHand(fake, 'monitor', json, { message: 'Theirs' })
  fake.faults = [{ on: 'PUT /api/v1/monitor', mishap: 'cut', times: 1, meanwhile }]
  const wanted = withObject(
    datadogSet(),
    'monitor',
    'documents-evidence-1h',
    withJson({ priority: 2 }),
  )
  expect((await publish(wanted)).told).toContain('It was left as they made it')
  expect(only(fake, 'monitor', 'documents-evidence-1h')).toMatchObject({ message: 'Theirs' })
})

test('no key stands in an address or in what is told, though a server may quote it', async () => {
  const { fake, publish } = await datadogSubject()
  const { apiKey, appKey } = access
  const body = { errors: [`no: ${apiKey} and ${appKey}`] }
  fake.faults = [{ on: 'POST /api/v1/slo', mishap: { status: 400, body } }]
  const { told } = await publish(datadogSet())
  expect(told).toContain('it cannot be saved: Datadog answered 400 no: … and …')
  expect(fake.requests.join('')).not.toMatch(/secret-/)
  expect(fake.heads.at(-1)).toContain(`"dd-application-key":"${appKey}"`)
  await fake.close()
  const error = await connectDatadog({ ...access, url: fake.url }, { attempts: 1 }).catch(
    (thrown: Error) => thrown,
  )
  expect(String(error)).toContain('Datadog does not answer (')
  expect(String(error)).not.toMatch(/secret-/)
})

test('an interruption ends what only reads at once', async () => {
  const controller = new AbortController()
  const { fake, publish } = await datadogSubject({}, { signal: controller.signal })
  fake.faults = [{ on: 'GET /api/v1/monitor', mishap: 'hang', meanwhile: () => controller.abort() }]
  await expect(publish(datadogSet())).rejects.toThrow('interrupted')
})
