import {
  catalog,
  DefinitionError,
  type HttpMethod,
  milliseconds,
  owner,
  percent,
  type Problem,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { type Dashboard, row } from './dashboard.ts'
import { variable } from './customer-filter.ts'
import { graph, type GraphOptions } from './graph.ts'
import { colors } from './house-style.ts'
import type { Panel } from './panel.ts'
import { refId as nameOf } from './query-target.ts'

const sample = catalog({ owners: [owner('platform')], features: [] })
const folder = { uid: 'cx', title: 'Customer experience' }

const dashboard = (panels: readonly Panel[], rest: Partial<Dashboard> = {}): Dashboard => ({
  uid: 'one',
  title: 'One',
  description: 'For a test',
  rows: [row('Row', panels)],
  ...rest,
})

const problemsOf = (dashboards: readonly Dashboard[]): string[] => {
  try {
    defineDashboards({ catalog: sample, folder, dashboards })
    return []
  } catch (error) {
    if (error instanceof DefinitionError)
      return error.problems.map(({ code, path }: Problem) => `${code} ${path}`)
    throw error
  }
}

test('queries have names of their own past the alphabet', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(nameOf)).toEqual([
    'A',
    'Z',
    'AA',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
  ])
})

const json = (panels: readonly Panel[], rest?: Partial<Dashboard>, set = sample) =>
  buildDashboards(
    defineDashboards({ catalog: set, folder, dashboards: [dashboard(panels, rest)] }),
  )[0]!.json

const every = (options: Partial<GraphOptions> = {}) => {
  const of = graph({ name: 'API', ...options })
  return [
    of.note(),
    of.availability(),
    of.latency('average'),
    of.latency('p95'),
    of.latency('p99'),
    of.requests(),
    of.failedRequests(),
    of.availabilityOverTime(),
    of.latencyOverTime(),
    of.requestsOverTime(),
    of.requestRateOverTime(),
    of.impactedCustomers(),
    of.endpoints(),
  ]
}

// The SDK types a panel's parts as they may be; the tests look at what they are.
interface PanelJson {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description: string
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[]
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit?: string
      readonly thresholds?: {
        readonly steps: readonly { readonly value: number | null; readonly color: string }[]
      }
    }
  }
  readonly options: Readonly<Record<string, unknown>>
}

const panelsOf = (panels: readonly Panel[]) => json(panels).panels as unknown as PanelJson[]

test('every panel has an id of its own, a title, a description, and queries named A, B, C', () => {
  const panels = panelsOf([...every(), ...every()])
  expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1))
  for (const { description, targets = [], title, type } of panels.slice(1)) {
    if (type === 'row') continue
    expect(title).not.toBe('')
    expect(description).not.toBe('')
    expect(targets.map(({ refId }) => refId).join('')).toBe('ABCDE'.slice(0, targets.length))
  }
})

test('every query is bound to the environment, and every panel that queries has a unit where it shows one', () => {
  for (const { fieldConfig, targets = [], type } of panelsOf(every())) {
    for (const { expr } of targets) {
      const selectors = expr.match(/cx_\w+\{[^}]*\}/g) ?? []
      expect(selectors.length).toBeGreaterThan(0)
      for (const selector of selectors)
        expect(selector).toContain('deployment_environment_name="$environment"')
    }
    if (type === 'stat' || type === 'timeseries') expect(fieldConfig.defaults.unit).toBeDefined()
  }
})

test('two uses of one graph share nothing', () => {
  const panel = graph({ name: 'API' }).availability()
  const [first, second] = json([panel, panel]).panels!.slice(1) as { gridPos: object }[]
  expect(first!.gridPos).not.toEqual(second!.gridPos)
})

test('colours are the right way round for what should be high and for what should be low', () => {
  const of = graph({
    name: 'API',
    targets: { availability: percent(99), latency: { p95: milliseconds(500) } },
  })
  const steps = (panel: Panel) => panelsOf([panel])[1]!.fieldConfig.defaults.thresholds!.steps
  expect(steps(of.availability())).toEqual([
    { value: null, color: colors.bad },
    { value: 0.99, color: colors.good },
  ])
  expect(steps(of.latency('p95'))).toEqual([
    { value: null, color: colors.good },
    { value: 0.5, color: colors.bad },
  ])
  expect(steps(of.latency('p99'))).toEqual([{ value: null, color: colors.neutral }])
})

test('targets are drawn as lines, in the colours of what they are targets for', () => {
  const of = graph({
    name: 'API',
    targets: { latency: { p99: milliseconds(500), average: milliseconds(100) } },
  })
  const [, panel] = panelsOf([of.latencyOverTime()])
  expect(panel!.fieldConfig.defaults.thresholds!.steps).toEqual([
    { value: null, color: 'transparent' },
    { value: 0.1, color: colors.first },
    { value: 0.5, color: colors.third },
  ])
})

test('a note is written from the targets, unless there is one', () => {
  const content = (options: Omit<GraphOptions, 'name'>) =>
    panelsOf([graph({ name: 'API', ...options }).note()])[1]!.options.content
  expect(
    content({
      targets: { availability: percent(99.9), latency: { p99: milliseconds(500) } },
      footnote: 'Foot',
    }),
  ).toMatchInlineSnapshot(`
      "Targets

      - **99.9 %** of requests without server errors
      - answered within **500 ms** for 99 % of requests

      ---

      Foot"
    `)
  expect(content({})).toBe('No targets are set.')
  expect(content({ description: 'Mine', targets: { availability: percent(99) } })).toBe('Mine')
})

test('a graph for one customer reads the dashboard’s variable, under the catalog’s dimension', () => {
  const zones = catalog({ owners: [], features: [], dimension: { name: 'availability_zone' } })
  const built = json(
    [graph({ name: 'API', filters: { customer: variable('availability_zone') } }).requests()],
    { forOneCustomer: true },
    zones,
  )
  const [, panel] = built.panels as unknown as PanelJson[]
  expect(panel!.targets![0]!.expr).toContain('availability_zone="$availability_zone"')
  expect(built.templating!.list!.map(({ name }) => name)).toEqual([
    'datasource',
    'environment',
    'availability_zone',
  ])
})

test.for([
  [{ filters: { method: 'FETCH' as HttpMethod } }, 'CX_ERR_METHOD graph("API").filters.method'],
  [{ filters: { route: 'api' } }, 'CX_ERR_ROUTE graph("API").filters.route'],
  [{ targets: { availability: percent(101) } }, 'CX_ERR_TARGET graph("API").targets.availability'],
  [
    { targets: { latency: { p95: milliseconds(0) } } },
    'CX_ERR_DURATION graph("API").targets.latency.p95',
  ],
  [{ glance: milliseconds(-1) }, 'CX_ERR_DURATION graph("API").glance'],
  [{ glance: milliseconds(400) }, 'CX_ERR_DURATION graph("API").glance'],
  [{ filters: { customer: variable('custmer') } }, 'CX_ERR_UNKNOWN_VARIABLE dashboards[0]'],
  [{ navigation: { customer: 'gone' } }, 'CX_ERR_UNKNOWN_DASHBOARD dashboards[0]'],
] as const)('a graph with %o is refused, once for all its panels', ([options, expected]) => {
  expect(problemsOf([dashboard(every(options))])).toEqual([expected])
})

test('a problem is told once, however often its graph was made', () => {
  const panels = () => every({ targets: { availability: percent(101) } })
  expect(problemsOf([dashboard([...panels(), ...panels()])])).toEqual([
    'CX_ERR_TARGET graph("API").targets.availability',
  ])
})

test('a graph for one customer needs a dashboard that has the choice', () => {
  const panels = every({ filters: { customer: variable('customer') } })
  expect(problemsOf([dashboard(panels)])).toEqual(['CX_ERR_UNKNOWN_VARIABLE dashboards[0]'])
  expect(problemsOf([dashboard(panels, { forOneCustomer: true })])).toEqual([])
})

test('a target of 100 % is fine on a panel, since no budget hangs on it', () => {
  expect(problemsOf([dashboard(every({ targets: { availability: percent(100) } }))])).toEqual([])
})

const sound = graph({ name: 'API' }).requests()

test.for([
  [[dashboard([sound]), dashboard([sound])], ['CX_ERR_DUPLICATE_NAME dashboards[1].uid']],
  [[dashboard([sound], { uid: 'a/b' })], ['CX_ERR_NAME dashboards[0].uid']],
  [[dashboard([])], ['CX_ERR_EMPTY dashboards[0]']],
  [[dashboard([sound], { zoomOutTo: 'gone' })], ['CX_ERR_UNKNOWN_DASHBOARD dashboards[0]']],
  [[dashboard([{ ...sound, width: 25 }])], ['CX_ERR_LAYOUT dashboards[0] panel 1']],
  [[dashboard([{ ...sound, height: 0 }])], ['CX_ERR_LAYOUT dashboards[0] panel 1']],
] as const)('dashboards that cannot work are refused: %#', ([dashboards, expected]) => {
  expect(problemsOf(dashboards)).toEqual(expected)
})

test('names full of quotes and braces reach the JSON as they are, and no query', () => {
  const name = `"quoted" {{x}} <b> \\ '`
  const panels = panelsOf([graph({ name, filters: { service: name } }).requests()])
  expect(panels[1]!.targets![0]!.expr).toContain(
    String.raw`service_name="\"quoted\" {{x}} <b> \\ '"`,
  )
})
