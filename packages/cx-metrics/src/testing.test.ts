import { catalog, seconds } from 'cx-definition'
import { expect, test } from 'vitest'
import { createTestRecorder } from './testing.ts'

const request = { customer: 'contoso', method: 'GET', route: '/', statusCode: 200 }

test('what was recorded is read as plain data, at once', () => {
  const { jobs, jobTimes, recorder, requests, requestTimes } = createTestRecorder()
  recorder.recordRequest({ ...request, durationSeconds: 0.5 })
  recorder.recordRequest({ ...request, statusCode: 201, durationSeconds: 0.25 })
  recorder.recordRequest({ ...request, statusCode: 503, durationSeconds: 1 })
  recorder.recordJob({
    customer: undefined,
    name: 'send-invoices',
    outcome: 'success',
    durationSeconds: 2,
  })
  const operation = { customer: 'contoso', method: 'GET', route: '/' }
  expect(requests()).toEqual([
    { ...operation, statusCode: 200, outcome: 'success', count: 1 },
    { ...operation, statusCode: 201, outcome: 'success', count: 1 },
    { ...operation, statusCode: 503, outcome: 'server_error', count: 1 },
  ])
  expect(requestTimes()).toEqual([
    { ...operation, outcome: 'success', count: 2, sumSeconds: 0.75 },
    { ...operation, outcome: 'server_error', count: 1, sumSeconds: 1 },
  ])
  const job = { customer: 'none', name: 'send-invoices', outcome: 'success' }
  expect(jobs()).toEqual([{ ...job, count: 1 }])
  expect(jobTimes()).toEqual([{ ...job, count: 1, sumSeconds: 2 }])
})

test('each recorder begins with nothing', () => {
  createTestRecorder().recorder.recordRequest({ ...request, durationSeconds: 0 })
  expect(createTestRecorder().requests()).toEqual([])
})

test('with the user’s own catalog its dimension is told, too', () => {
  const { recorder, requests } = createTestRecorder(
    catalog({
      owners: [],
      features: [],
      dimension: { name: 'zone', limit: 1 },
      durationBounds: [seconds(1)],
    }),
  )
  for (const customer of ['a', 'b', 'b'])
    recorder.recordRequest({ ...request, customer, durationSeconds: 0 })
  expect(requests().map(({ count, customer }) => [customer, count])).toEqual([
    ['a', 1],
    ['other', 2],
  ])
})
