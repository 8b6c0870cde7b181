import { expect, onTestFinished, test } from 'vitest'
import { startFakeDatadog } from '../../fakes/fake-datadog/fake-datadog.ts'
import { startFakeDatadogEvents } from '../../fakes/fake-datadog-events.ts'
import { monitorEvents } from './datadog-events.ts'

const keys = { apiKey: 'secret-api', appKey: 'secret-app' }
const minute = 60_000
const start = Date.parse('2026-11-02T00:00Z')

const subject = async () => {
  const upstream = await startFakeDatadog(keys)
  onTestFinished(upstream.close)
  const fake = await startFakeDatadogEvents(upstream.url)
  onTestFinished(fake.close)
  const read = (monitors: readonly string[], more = keys) =>
    monitorEvents(
      { site: 'datadoghq.eu', url: fake.url, ...more },
      { start: start / 1000, end: start / 1000 + 86_400, monitors },
      { wait: async () => undefined },
    )
  return { fake, read, upstream }
}

const event = (monitor: number, minutes: number, more: { readonly state?: string } = {}) => ({
  monitor,
  at: new Date(start + minutes * minute),
  before: 'OK',
  state: 'Alert',
  transition: 'alert',
  ...more,
})

test('all pages of all monitors are read, in the order of time, and those of others are not', async () => {
  const { fake, read } = await subject()
  const ids = Array.from({ length: 150 }, (_, index) => 1000 + index)
  fake.events.push(...Array.from({ length: 1200 }, (_, index) => event(1000, index)))
  fake.events.push(event(1149, -0.5), event(1149, 0.5), event(99, 1))
  const events = await read(ids.map(String))
  expect(events).toHaveLength(1201)
  expect(events.slice(0, 2)).toEqual([
    { monitor: '1000', group: '', at: start / 1000, state: 'Alert', before: 'OK' },
    { monitor: '1149', group: '', at: start / 1000 + 30, state: 'Alert', before: 'OK' },
  ])
  expect(fake.searches.map(({ page }) => page)).toEqual([
    { limit: 1000 },
    { limit: 1000, cursor: '1000' },
    { limit: 1000 },
  ])
})

test('groups are told apart', async () => {
  const { fake, read } = await subject()
  fake.events.push({ ...event(1, 1), groups: ['service:web'] })
  expect((await read(['1']))[0]?.group).toBe('service:web')
})

test('where an event says no transition, its status tells what a monitor came to', async () => {
  const { fake, read } = await subject()
  fake.tellsTransitions = false
  fake.events.push(event(1, 1), event(1, 2, { state: 'Warn' }), event(1, 3, { state: 'OK' }))
  expect((await read(['1'])).map(({ before, state }) => [before, state])).toEqual([
    [undefined, 'Alert'],
    [undefined, 'Warn'],
    [undefined, 'OK'],
  ])
})

test('a part of the events is refused, since what is missing would look like silence', async () => {
  const { fake, read } = await subject()
  fake.warnings = [{ title: 'Unknown index', detail: 'the index is gone' }]
  await expect(read(['1'])).rejects.toThrow('a part of the events (the index is gone)')
})

test('keys that may not search are told as such, and never shown', async () => {
  const { read } = await subject()
  await expect(read(['1'], { ...keys, appKey: 'secret-other' })).rejects.toThrow(
    'the keys may not do that',
  )
})

test('what may pass is asked again', async () => {
  const { read, upstream } = await subject()
  upstream.faults = [{ times: 2, mishap: { status: 503 } }]
  expect(await read(['1'])).toEqual([])
})

const answering = (status: number, body: unknown) =>
  monitorEvents(
    { site: 'datadoghq.eu', url: 'http://127.0.0.1:1', ...keys },
    { start: 0, end: 1, monitors: ['1'] },
    { request: async () => Response.json(body, { status }), wait: async () => undefined },
  )

test.for([
  [400, { errors: ['no such facet'] }, 'Datadog answered 400 no such facet'],
  [200, { data: [], meta: { page: { after: 'x' } } }, 'the same page again'],
  [
    200,
    { data: [{ attributes: { attributes: { timestamp: 1 } } }] },
    'names no monitor or no time',
  ],
  [
    200,
    { data: [{ attributes: { attributes: { monitor_id: 1 } } }] },
    'names no monitor or no time',
  ],
] as const)('%i with %j is no answer to compare with', async ([status, body, reason]) => {
  await expect(answering(status, body)).rejects.toThrow(reason)
})
