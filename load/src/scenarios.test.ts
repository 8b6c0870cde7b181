import { expect, test } from 'vitest'
import { dueRequests } from './arrivals.ts'
import {
  expectedStatuses,
  requestOf,
  scenarios,
  shortened,
  thresholds,
  totalSeconds,
} from './scenarios.ts'

test('Two customers read and write, each for five minutes', () => {
  expect(scenarios.map(({ customer, operation }) => `${customer} ${operation.method}`)).toEqual([
    'contoso GET',
    'contoso PUT',
    'fabrikam GET',
    'fabrikam PUT',
  ])
  for (const scenario of scenarios) expect(totalSeconds(scenario), scenario.name).toBe(300)
})

test('A factor shortens the time and keeps the rates', () => {
  for (const [index, scenario] of shortened(0.1).entries()) {
    expect(totalSeconds(scenario)).toBeCloseTo(30, 9)
    expect(scenario.stages.map((stage) => stage.toRequestsPerSecond)).toEqual(
      scenarios[index]?.stages.map((stage) => stage.toRequestsPerSecond),
    )
  }
})

test('All scenarios together stay at or below about 40 requests a second', () => {
  const rates = Array.from({ length: 300 }, (_, second) =>
    scenarios.reduce(
      (sum, scenario) => sum + dueRequests(scenario, second + 1) - dueRequests(scenario, second),
      0,
    ),
  )
  expect(Math.max(...rates)).toBeGreaterThan(35)
  expect(Math.max(...rates)).toBeLessThanOrEqual(40)
})

test('The requests due are the area below the rate', () => {
  const ramp = { seconds: 10, toRequestsPerSecond: 4 }
  const scenario = { ...scenarios[0]!, fromRequestsPerSecond: 0, stages: [ramp, ramp] }
  expect(dueRequests(scenario, 0)).toBe(0)
  expect(dueRequests(scenario, 5)).toBeCloseTo(5, 9)
  expect(dueRequests(scenario, 10)).toBeCloseTo(20, 9)
  expect(dueRequests(scenario, 20)).toBeCloseTo(60, 9)
  expect(dueRequests(scenario, 99)).toBeCloseTo(60, 9)
})

test('A request names its customer and its document', () => {
  const [reads, writes] = scenarios
  expect(requestOf(reads!, 107)).toEqual({
    method: 'GET',
    path: '/api/documents/document-7',
    headers: { 'x-app-customer': 'contoso' },
    body: null,
  })
  const { body, headers, path } = requestOf(writes!, 3)
  expect(path).toBe('/api/documents/')
  expect(headers['content-type']).toBe('application/json')
  expect(JSON.parse(body ?? '')).toMatchObject({ documentId: 'document-3' })
})

test('The errors of the sample do not cross a threshold by chance, not even in a short run', () => {
  // One request in 400 is a server error. At LOAD_FACTOR=0.1 some 685 are sent, 1.7 of them fail,
  // and 5 % are 34: more than 20 standard deviations away.
  expect(thresholds.failedBelow).toBeGreaterThanOrEqual(0.05)
  for (const { operation } of scenarios) {
    expect(expectedStatuses(operation)).toEqual(operation.documentedStatuses.slice(0, 4))
    expect(operation.documentedStatuses.slice(4)).toEqual([500])
  }
})
