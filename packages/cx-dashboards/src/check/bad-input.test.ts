import {
  availability,
  catalog,
  type CatalogOptions,
  days,
  DefinitionError,
  feature,
  hours,
  objective,
  type ObjectiveOptions,
  operation,
  owner,
  percent,
  perHour,
  seconds,
  service,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { contact } from '../alertmanager/contact.ts'
import { webhook } from '../alertmanager/receiver.ts'
import { defineDashboards } from '../dashboard-set.ts'
import {
  catalogWith,
  documents,
  documentsObjective,
  platform,
  read,
} from '../../fakes/one-objective.ts'
import { feasibilityFindings } from './feasibility.ts'
import { costLines } from './cost-lines.ts'
import { catalogCost } from './cost.ts'
import { detectionLines } from './detection-lines.ts'
import { findingLines } from './finding-lines.ts'

/** What a definition is refused for: codes and places. */
const refusals = (make: () => unknown): string[] => {
  try {
    make()
  } catch (error) {
    if (error instanceof DefinitionError) {
      return error.problems.map(({ code, path }) => `${code} ${path}`)
    }
    throw error
  }
  return []
}

const defined = (options: Partial<ObjectiveOptions>, rest: Partial<CatalogOptions> = {}) =>
  refusals(() => catalogWith(options, rest))

test.for([0, 100, 101, -1, NaN])('an objective of %d %% is refused when it is defined', (value) => {
  expect(defined({ target: percent(value) })).toEqual(['CX_ERR_TARGET objectives[0].target'])
})

test('99.9999 % is defined, and refused by the check at 10 requests an hour', () => {
  const options = { target: percent(99.9999), traffic: perHour(10) }
  expect(defined(options)).toEqual([])
  const found = feasibilityFindings(catalogWith(options), { alerting: undefined, now: 0 })
  expect(found[0]).toMatchObject({ severity: 'error', path: 'objectives[0].target' })
})

test.for([
  ['1 hour', hours(1)],
  ['2 years', days(730)],
  ['no time at all', days(0)],
] as const)('a window of %s is refused when it is defined', ([, window]) => {
  expect(defined({ window })).toEqual(['CX_ERR_WINDOW objectives[0].window'])
})

test.for([0, -5, NaN, Infinity])('traffic of %d an hour is refused when it is defined', (count) => {
  expect(defined({ traffic: perHour(count) })).toEqual(['CX_ERR_TRAFFIC objectives[0].traffic'])
})

test('two objectives of one name are refused when they are defined', () => {
  const twice = { objectives: [documentsObjective(), documentsObjective()] }
  expect(defined({}, twice)).toEqual(['CX_ERR_DUPLICATE_NAME objectives[1].name'])
})

const oddNames = ['a "quoted" name', 'naïve', '{{ .Value }}', 'a\nb', '$name', "'; drop", '']

test.for(oddNames)('the objective name %j is refused when it is defined', (name) => {
  const odd = objective(name, {
    feature: documents,
    indicator: availability({ of: documents.operations }),
    target: percent(99),
    window: days(30),
  })
  expect(defined({}, { objectives: [odd] })).toEqual(['CX_ERR_NAME objectives[0].name'])
})

test('an owner that was removed is refused where it still owns something', () => {
  const gone = owner('gone')
  const orphan = feature('documents', {
    title: 'D',
    description: '',
    owner: gone,
    operations: [read],
  })
  const objectives = [
    objective('documents', {
      feature: orphan,
      indicator: availability({ of: [read] }),
      target: percent(99),
      window: days(30),
    }),
  ]
  const services = [service('api', { owner: gone })]
  expect(
    refusals(() => catalog({ owners: [platform], features: [orphan], objectives, services })),
  ).toEqual(['CX_ERR_UNKNOWN_OWNER features[0].owner', 'CX_ERR_UNKNOWN_OWNER services[0].owner'])
})

const url = webhook({ url: 'https://example.com/alerts' })
const setProblems = (contacts: Parameters<typeof defineDashboards>[0]['alerting']) =>
  refusals(() =>
    defineDashboards({
      catalog: catalogWith(),
      folder: { uid: 'cx', title: 'CX' },
      dashboards: [],
      ...(contacts && { alerting: contacts }),
    }),
  )

test('a contact of an owner that was removed, and an owner without one, are refused', () => {
  const gone = contact(owner('gone'), { page: [url], ticket: [url] })
  expect(setProblems({ contacts: [gone], environments: ['production'] })).toEqual([
    'CX_ERR_UNKNOWN_OWNER alerting.contacts[0].owner',
    'CX_ERR_NO_CONTACT alerting.contacts',
  ])
})

test('what may be called anything is told on one line of the report', () => {
  const odd = 'api "{{ $labels }}"\u001B[2J\nüñí'
  const indicator = availability({ of: [operation(odd, 'GET', '/')] })
  const one = catalogWith({ title: odd, indicator, traffic: perHour(10) })
  const findings = feasibilityFindings(one, { alerting: undefined, now: 0 })
  const set = { catalog: one, folder: { uid: 'cx', title: 'CX' }, dashboards: [] }
  const cost = catalogCost(set, { contacts: [], environments: ['production'] }, seconds(15))
  const lines = [...findingLines(findings), ...detectionLines(one), ...costLines(cost)]
  expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([])
  expect(lines.join('\n')).toContain(String.raw`api \"{{ $labels }}\"`)
})
