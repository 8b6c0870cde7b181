import { expect, test } from 'vitest'
import { milliseconds } from './duration.ts'
import { feature } from './feature.ts'
import { availability, completion, latency } from './indicator.ts'
import { journeySteps, requestDuration, requests } from './instrument.ts'
import { journey } from './journey.ts'
import { operation } from './operation.ts'
import { owner } from './owner.ts'
import { webApp } from './web-app.ts'

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

test('completion judges tries, not who left, of a journey or of one of its steps', () => {
  const growth = owner('growth')
  const signup = journey('self-signup', {
    feature: feature('signup', { owner: growth }),
    app: webApp('signup-web', { owner: growth, pages: [] }),
    steps: ['account', 'company'],
  })
  const where = [
    { attribute: 'app', anyOf: ['signup-web'] },
    { attribute: 'journey', anyOf: ['self-signup'] },
  ]
  const event = (...anyOf: string[]) => ({ attribute: 'event', anyOf })
  expect(completion({ of: signup })).toMatchObject({
    good: {
      instrument: journeySteps,
      operations: [{}],
      where: [...where, event('completed')],
    },
    total: { where: [...where, event('completed', 'failed')] },
  })
  const step = { attribute: 'step', anyOf: ['account'] }
  expect(completion({ of: signup, step: 'account' }).total.where).toEqual([
    ...where,
    step,
    event('completed', 'failed'),
  ])
})
