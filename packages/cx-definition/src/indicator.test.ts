import { expect, test } from 'vitest'
import { milliseconds } from './duration.ts'
import { availability, latency } from './indicator.ts'
import { requestDuration, requests } from './instrument.ts'
import { operation } from './operation.ts'

const of = [operation('some-service', 'GET', '/')]

test("availability counts a client's mistake as good unless told otherwise", () => {
  expect(availability({ of })).toMatchObject({
    good: {
      instrument: requests,
      operations: of,
      where: [{ attribute: 'outcome', noneOf: ['server_error'] }],
    },
    total: { instrument: requests, operations: of, where: [] },
  })
  expect(availability({ of, failures: 'all_errors' }).good.where).toEqual([
    { attribute: 'outcome', noneOf: ['client_error', 'server_error'] },
  ])
})

test('latency counts successes alone, so that failing fast does not look good', () => {
  const { good, total } = latency({ of, within: milliseconds(300) })
  expect(total).toEqual({
    instrument: requestDuration,
    operations: of,
    where: [{ attribute: 'outcome', anyOf: ['success'] }],
  })
  expect(good).toEqual({ ...total, within: { seconds: 0.3 } })
})
