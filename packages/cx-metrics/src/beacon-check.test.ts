import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  beacon,
  completed,
  entered,
  failure,
  startBeaconService,
  vital,
} from '../fixtures/beacon-service.ts'

const words = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'x'.repeat(5000),
  '"}\n',
]

describe('names that the catalog does not know never become labels', () => {
  const places: [string, object][] = [
    ['type', entered],
    ['journey', entered],
    ['event', entered],
    ['owner', failure],
    ['feature', failure],
    ['source', failure],
    ['name', vital],
    ['page', vital],
  ]
  const wrong = [...words, 5, null, true, ['growth'], { toString: 'growth' }]
  test.for(places)('as %s', async ([place, event]) => {
    const { counted, post } = await startBeaconService()
    for (const value of wrong) {
      expect(await post(beacon({ ...event, [place]: value }))).toMatchObject({ statusCode: 204 })
    }
    expect(counted()).toEqual([`cx_beacon_rejected_total unknown ${wrong.length}`])
  })

  test('as app', async () => {
    const { counted, post } = await startBeaconService()
    for (const app of words) await post(JSON.stringify({ v: 1, app, events: [entered] }))
    expect(counted()).toEqual([`cx_beacon_rejected_total unknown ${words.length}`])
  })

  test('as another app’s journey', async () => {
    const { counted, post } = await startBeaconService()
    await post(JSON.stringify({ v: 1, app: 'other-web', events: [entered] }))
    expect(counted()).toEqual(['cx_beacon_rejected_total unknown 1'])
  })

  test('unless they are the catalog’s, however strange', async () => {
    const { counted, post } = await startBeaconService()
    await post(beacon({ ...entered, step: 'constructor' }))
    expect(counted()).toEqual([
      'cx_journey_steps_total signup-web self-signup constructor entered 1',
    ])
  })
})

describe('numbers that cannot be are refused', () => {
  const numbers = ['-1', '1e999', '1e300', '"5"', 'null', '[]', '{}', 'true', '14401']
  test.for([...numbers, '0', '1.5', '501'])('a count of %s', async (number) => {
    const { counted, post } = await startBeaconService()
    await post(beacon({ ...entered, count: '@' }).replace('"@"', number))
    expect(counted()).toEqual(['cx_beacon_rejected_total value 1'])
  })
  test.for(numbers)('a step that took %s seconds', async (number) => {
    const { counted, post } = await startBeaconService()
    await post(beacon({ ...completed, seconds: '@' }).replace('"@"', number))
    expect(counted()).toEqual(['cx_beacon_rejected_total value 1'])
  })
  test.for(numbers)('a vital of %s seconds', async (number) => {
    const { counted, post } = await startBeaconService()
    await post(beacon({ ...vital, value: '@' }).replace('"@"', number))
    expect(counted()).toEqual(['cx_beacon_rejected_total value 1'])
  })
  test('a time for a step that was not completed', async () => {
    const { counted, post } = await startBeaconService()
    await post(beacon({ ...completed, event: 'failed' }))
    expect(counted()).toEqual(['cx_beacon_rejected_total value 1'])
  })
})

test('whatever is sent, the answer is 204, 400 or for its size 413, and labels are the catalog’s', async () => {
  const known = ['signup-web', 'self-signup', 'account', 'entered', 'completed', 'growth', 'signup']
  const more = ['boundary', 'LCP', 'CLS', '/signup/account', 'session', 'step', 'error', 'vital']
  const value = fc.oneof(
    fc.constantFrom(...known, ...more, ...words),
    fc.constantFrom<unknown>(1, 0, -1, 1.5, 500, 501, 1e300, null, true, [], {}),
    fc.jsonValue(),
  )
  const keys = ['type', 'count', 'seconds', 'value', 'name', 'page', 'journey', 'step', 'event']
  const event = fc.dictionary(fc.constantFrom(...keys, 'owner', 'feature', 'source'), value)
  const { counted, post } = await startBeaconService()
  let remoteAddress = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.array(event), fc.jsonValue()), async (events) => {
      const payload = JSON.stringify({ v: 1, app: 'signup-web', events })
      remoteAddress += 1
      const address = `10.0.${remoteAddress >> 8}.${remoteAddress & 255}`
      const { body, statusCode } = await post(payload, { remoteAddress: address })
      const isTooLarge = Buffer.byteLength(payload) > 16 * 1024
      expect(isTooLarge ? [413] : [204, 400]).toContain(statusCode)
      expect(body).toBe('')
    }),
    { numRuns: 250 },
  )
  const allowed = new Set<string>([
    ...known,
    ...more,
    'constructor',
    'unknown',
    'value',
    'malformed',
  ])
  for (const line of counted()) {
    for (const label of line.split(' ').slice(1, -1)) expect(allowed).toContain(label)
  }
})
