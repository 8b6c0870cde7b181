import {
  always,
  availability,
  breach,
  calendarMonth,
  completion,
  counter,
  days,
  exclusion,
  hours,
  journey,
  minutes,
  type ObjectiveOptions,
  percent,
  perHour,
  service,
  webApp,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { catalogWith, documents, platform, read } from '../../fakes/one-objective.ts'
import { feasibilityFindings } from './feasibility.ts'
import { findingLines } from './finding-lines.ts'

const alerting = { contacts: [], environments: ['production'], runbookUrl: 'https://r.example' }
const now = Date.parse('2026-11-22T12:00:00Z') / 1000

const findingsOf = (...args: Parameters<typeof catalogWith>) =>
  feasibilityFindings(catalogWith(...args), { alerting, now })

/** Without what every catalog of these tests has. */
const of = (options: Partial<ObjectiveOptions>) =>
  findingsOf(
    { runbook: 'https://r.example/documents', ...options },
    { services: [service('api', { owner: platform })] },
  )

test('an objective with traffic, a runbook and a heartbeat leaves nothing to say', () => {
  expect(of({ traffic: perHour(600) })).toEqual([])
})

test('99.9999 % at 10 requests an hour is refused in words that can be followed', () => {
  expect(findingLines(of({ target: percent(99.9999), traffic: perHour(10) }))).toEqual([
    'error    objectives[0].target: documents: one failure spends 139 times the whole error budget: 30 days at 10 events an hour hold 7,200, of which not even one may fail at 99.9999 %; and it pages.',
    '         Promise at most 99.86 %; or judge it together with others, so that there are 13,900 events an hour.',
  ])
})

test('a failure that spends a tenth of the budget is warned of, with what would do', () => {
  expect(findingLines(of({ traffic: perHour(10) }))).toEqual([
    'warning  objectives[0].target: documents: one failure spends 13.9 % of the error budget: 30 days at 10 events an hour hold 7,200, of which 7.2 may fail at 99.9 %; and it opens a ticket.',
    '         Promise at most 99.86 %; or measure over days(90); or judge it together with others, so that there are 14 events an hour.',
  ])
  expect(of({ traffic: perHour(14) })).toEqual([])
})

test('what is proposed against a costly failure is no finding any more', () => {
  const at = { traffic: perHour(10) }
  expect(of({ ...at, target: percent(99.86) })).toEqual([])
  expect(of({ ...at, window: days(90) })).toEqual([])
})

test('a target whose pages would need more failures than events is refused', () => {
  expect(findingLines(of({ target: percent(80), traffic: perHour(600) }))).toEqual([
    'error    objectives[0].target: documents: nothing can page: 14.4 times the budget over 1 hour would be 288 % of events failing, and 6 times the budget over 6 hours would be 120 % of events failing.',
    "         Promise 85 % or more, or add breach({ below: …, lasting: minutes(15), severity: 'page' }).",
  ])
  expect(of({ target: percent(86), traffic: perHour(600) }).map((each) => each.severity)).toEqual([
    'note',
  ])
})

test('a simple rule that pages makes up for burn rates that cannot', () => {
  const page = breach({ below: percent(50), lasting: minutes(15), severity: 'page' })
  const found = of({ target: percent(80), traffic: perHour(600), breaches: [page] })
  expect(found.map(({ severity }) => severity)).toEqual(['note'])
})

test('one burn rate that cannot fire beside one that can is a note', () => {
  expect(findingLines(of({ target: percent(90), traffic: perHour(600) }))[0]).toBe(
    'note     objectives[0].target: documents: 14.4 times the budget over 1 hour would be 144 % of events failing, so it is left out.',
  )
})

test('traffic that is too little for any page is warned of, with what tells an outage', () => {
  const found = of({ target: percent(90), traffic: perHour(0.5) })
  expect(found).toContainEqual({
    severity: 'warning',
    path: 'objectives[0].traffic',
    message:
      'documents: at 0.5 events an hour not even a full outage can page: the 3 events of 6 hours are too few to tell it from chance',
    remedy:
      'Count it together with other operations, or send probes beside the customers’ own requests; as it is, a ticket tells a full outage after about 4 hours',
  })
})

test('a burn rate that the declared traffic is too little for is named', () => {
  const [found] = of({ target: percent(95), traffic: perHour(2) })
  expect(found).toMatchObject({
    severity: 'note',
    path: 'objectives[0].traffic',
    message:
      'documents: at 2 events an hour, 1 hour hold too few to prove a burn rate of 14.4: that page cannot fire',
  })
})

test('browsers never page, so that is no finding', () => {
  const app = webApp('web', { title: 'Web', owner: platform, pages: [] })
  const signup = journey('signup', {
    title: 'Signup',
    feature: documents,
    app,
    steps: ['one', 'two'],
  })
  const found = findingsOf(
    {
      indicator: completion({ of: signup }),
      target: percent(80),
      traffic: perHour(600),
      runbook: 'https://r.example',
    },
    { apps: [app], journeys: [signup] },
  )
  expect(found.map(({ severity }) => severity)).toEqual(['note'])
})

test('an objective without traffic is warned of', () => {
  expect(of({})).toMatchObject([{ severity: 'warning', path: 'objectives[0].traffic' }])
})

test('a simple rule that the traffic can never trigger is warned of', () => {
  const [found] = of({
    traffic: perHour(60),
    breaches: [breach({ below: percent(60), lasting: minutes(5) })],
  })
  expect(found).toMatchObject({ severity: 'warning', path: 'objectives[0].breaches[0]' })
  expect(found?.message).toContain('5 events in 5 minutes are too few')
})

test('a runbook is asked for where alerts lead to none, and noted where a page is made', () => {
  const catalog = catalogWith(
    { traffic: perHour(600) },
    { services: [service('api', { owner: platform })] },
  )
  const severities = (runbookUrl?: string) =>
    feasibilityFindings(catalog, {
      alerting: { contacts: [], environments: ['production'], ...(runbookUrl && { runbookUrl }) },
      now,
    }).map(({ severity }) => severity)
  expect(severities()).toEqual(['warning'])
  expect(severities('https://r.example')).toEqual(['note'])
})

test('a service that objectives count on and nobody declares is warned of', () => {
  expect(findingsOf({ traffic: perHour(600), runbook: 'https://r.example' })).toMatchObject([
    {
      severity: 'warning',
      path: 'services',
      message: expect.stringMatching(/^"api" is not declared/),
    },
  ])
})

test('a config without alerting is told that nobody is alerted', () => {
  const found = feasibilityFindings(catalogWith({ traffic: perHour(600) }), {
    alerting: undefined,
    now,
  })
  expect(found).toContainEqual(expect.objectContaining({ severity: 'warning', path: 'alerting' }))
})

test('a metric that is always of another environment than pages is warned of', () => {
  const from = counter({
    name: 'grpc_server_handled_total',
    labels: { environment: always('staging'), statusCode: 'code' },
  })
  const indicator = availability({ of: [{ service: read.service }], from })
  expect(of({ indicator, traffic: perHour(600) })).toMatchObject([
    { severity: 'warning', path: 'objectives[0].indicator' },
  ])
})

test.for([
  [
    'is long over',
    { from: '2026-01-01T00:00:00Z', to: '2026-01-01T02:00:00Z' },
    'note',
    'ended 330 days ago',
  ],
  [
    'is in the far future',
    { from: '2028-01-01T00:00:00Z', to: '2028-01-01T02:00:00Z' },
    'warning',
    'begins in',
  ],
  [
    'lasts for weeks',
    { from: '2026-11-20T00:00:00Z', to: '2026-12-20T00:00:00Z' },
    'warning',
    'lasts 30 days',
  ],
  [
    'takes a quarter of all time',
    { from: '2026-11-20T00:00:00Z', to: '2026-11-20T06:00:00Z', every: hours(24) },
    'warning',
    'takes 6 hours of every 1 day: 25 % of all time',
  ],
] as const)('an exclusion that %s is told', ([, times, severity, words]) => {
  const found = findingsOf(
    { traffic: perHour(600), runbook: 'https://r.example' },
    {
      services: [service('api', { owner: platform })],
      exclusions: [exclusion({ ...times, reason: 'Moving "house"' })],
    },
  )
  expect(found).toMatchObject([{ severity, message: expect.stringContaining(words) }])
})

test('an exclusion of last week and a weekly hour are as they should be', () => {
  const found = findingsOf(
    { traffic: perHour(600), runbook: 'https://r.example', window: calendarMonth },
    {
      services: [service('api', { owner: platform })],
      exclusions: [
        exclusion({ from: '2026-11-15T00:00:00Z', to: '2026-11-15T04:00:00Z', reason: 'Move' }),
        exclusion({
          from: '2024-11-15T00:00:00Z',
          to: '2024-11-15T01:00:00Z',
          every: days(7),
          reason: 'Weekly',
        }),
      ],
    },
  )
  expect(found).toEqual([])
})
