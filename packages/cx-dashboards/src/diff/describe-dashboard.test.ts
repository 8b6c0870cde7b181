import { catalog, owner, percent } from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { row } from '../grafana/dashboard.ts'
import { graph } from '../grafana/graph.ts'
import { dashboardV2 } from '../grafana/schema-v2/dashboard-v2.ts'
import { describeDashboard } from './describe-dashboard.ts'

const api = graph({ name: 'API', targets: { availability: percent(99) } })

const text = (() => {
  const set = defineDashboards({
    catalog: catalog({ owners: [owner('platform')], features: [] }),
    folder: { uid: 'cx', title: 'Customer experience' },
    dashboards: [
      {
        uid: 'one',
        title: 'One',
        description: 'For a test',
        forOneCustomer: true,
        rows: [
          row('All', [api.availability(), api.latency('p95'), api.requests()]),
          row('Over time', [api.availabilityOverTime(), api.impactedCustomers(), api.endpoints()]),
        ],
      },
    ],
  })
  const [dashboard] = buildDashboards(set)
  return JSON.stringify(dashboard?.json)
})()

const built = () => JSON.parse(text)

/** A change of a built dashboard, made as a person would make it, and what publishing then would say to undo it. */
const undone = (change: (json: ReturnType<typeof built>) => void): string[] => {
  const live = built()
  change(live)
  return describeDashboard(live, built())
}

const overTime = (json: ReturnType<typeof built>) =>
  json.panels.find((panel: { type: string }) => panel.type === 'timeseries')

test('a dashboard compared with itself says nothing', () => {
  expect(undone(() => {})).toEqual([])
})

test.each<[string, (json: ReturnType<typeof built>) => void, readonly string[]]>([
  [
    'a query',
    (json) => (overTime(json).targets[0].expr = 'up'),
    [expect.stringMatching(/^"Availability" in "Over time": query A: up → \(sum\(rate/)],
  ],
  [
    'a query of one’s own',
    (json) => overTime(json).targets.push({ refId: 'Z', expr: 'up' }),
    ['"Availability" in "Over time": query Z removed: up'],
  ],
  [
    'a threshold',
    (json) => (overTime(json).fieldConfig.defaults.thresholds.steps[1].value = 0.5),
    [
      '"Availability" in "Over time": thresholds: transparent, from 0.5 #D55E00 → transparent, from 0.99 #D55E00',
    ],
  ],
  [
    'a unit',
    (json) => (overTime(json).fieldConfig.defaults.unit = 's'),
    ['"Availability" in "Over time": unit: s → percentunit'],
  ],
  [
    'a title',
    (json) => (overTime(json).title = 'Mine'),
    ['"Availability" in "Over time": renamed: Mine → Availability'],
  ],
  [
    'a panel taken away',
    (json) => json.panels.splice(json.panels.indexOf(overTime(json)), 1),
    [expect.stringMatching(/^"Availability" in "Over time": panel added: /)],
  ],
  [
    'a panel of one’s own',
    (json) => json.panels.push({ id: 99, type: 'text', title: 'Mine', options: { content: 'x' } }),
    ['"Mine": panel removed'],
  ],
  [
    'a panel put elsewhere',
    (json) => (overTime(json).gridPos.w = 3),
    ['1 panel stands elsewhere or in another size'],
  ],
  [
    'a link',
    (json) => json.links.push({ title: 'Mine', type: 'link', url: 'https://example.com' }),
    ['link "Mine" removed: https://example.com'],
  ],
  [
    'a variable',
    (json) => (json.templating.list[1].query = 'label_values(up, job)'),
    [expect.stringMatching(/^variable "environment", query: label_values\(up, job\) → /)],
  ],
  ['the time range', (json) => (json.time.from = 'now-7d'), ['time.from: now-7d → now-15m']],
  ['a row', (json) => (json.panels[0].title = 'Mine'), ['row renamed: Mine → All']],
  ['a row shut', (json) => (json.panels[0].collapsed = true), ['row "All", collapsed: yes → no']],
  [
    'a row taken away with its title alone',
    (json) => json.panels.shift(),
    [
      'row "All" added',
      expect.stringContaining('moved to another row'),
      expect.stringContaining('moved to another row'),
      expect.stringContaining('moved to another row'),
    ],
  ],
])('%s that a person changed is said', (_, change, expected) => {
  expect(undone(change)).toEqual(expected)
})

test.each<[string, (json: ReturnType<typeof built>) => void]>([
  [
    'what the server numbers',
    (json) =>
      Object.assign(json, { id: 7, version: 3, iteration: 1, schemaVersion: 39, gnetId: null }),
  ],
  [
    'Grafana’s own annotation',
    (json) =>
      (json.annotations.list = [
        ...(json.annotations.list ?? []),
        { builtIn: 1, name: 'Annotations & Alerts' },
      ]),
  ],
  [
    'what the editor adds to a panel',
    (json) => {
      const panel = overTime(json)
      panel.pluginVersion = '12.1.0'
      Object.assign(panel.fieldConfig.defaults, { mappings: [], color: undefined })
      Object.assign(panel.fieldConfig.defaults.custom, {
        axisBorderShow: false,
        axisLabel: '',
        axisPlacement: 'auto',
        gradientMode: 'none',
        hideFrom: { legend: false, tooltip: false, viz: false },
        insertNulls: false,
        scaleDistribution: { type: 'linear' },
        stacking: { group: 'A', mode: 'none' },
      })
      Object.assign(panel.targets[0], { editorMode: 'code', exemplar: false, hide: false })
    },
  ],
  [
    'what was chosen last',
    (json) =>
      Object.assign(json.templating.list[1], { current: { text: 'production' }, options: [{}] }),
  ],
  [
    'a query wrapped by the editor',
    (json) => {
      const [, variable] = json.templating.list
      variable.query = {
        query: variable.query,
        refId: 'PrometheusVariableQueryEditor-VariableQuery',
      }
    },
  ],
  [
    'the note of another build',
    (json) => (json.description = json.description.replace(/state \w+/, 'state 01234567')),
  ],
])('%s is no change', (_, change) => {
  expect(undone(change)).toEqual([])
})

/** Places of all texts, numbers and switches inside of panels, but for where they stand and what numbers them. */
const leavesOf = (
  value: unknown,
  path: readonly (number | string)[] = [],
): (number | string)[][] => {
  if (typeof value !== 'object' || value === null) return [[...path]]
  return Object.entries(value).flatMap(([key, part]) =>
    leavesOf(part, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

const mutable = leavesOf(built().panels).filter(
  (path) => !['gridPos', 'id'].includes(String(path[1])) || path.length > 3,
)

const another = (value: unknown): unknown => {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  return `${String(value)} x`
}

test('any single field of a panel that is changed is said', () => {
  const places = fc.constantFrom(...mutable)
  fc.assert(
    fc.property(places, (path) => {
      const live = built()
      let holder = live.panels
      for (const key of path.slice(0, -1)) holder = holder[key]
      const last = path.at(-1) ?? ''
      holder[last] = another(holder[last])
      expect(describeDashboard(live, built()), path.join('.')).not.toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('whatever is there in place of a dashboard, words come and none of them moves a cursor', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 400 }), (live, title) => {
      const odd = built()
      odd.panels[1].title = `${title}\u001B[2J\u202E`
      odd.panels[1].targets = live
      for (const words of [describeDashboard(live, built()), describeDashboard(odd, built())]) {
        expect(words.join('')).not.toMatch(/[\p{Cc}\u202E]/u)
      }
    }),
  )
})

test('a title of 300 characters, of quotes and templates, is one line', () => {
  const title = `${'é'.repeat(300)} "quoted" \${x} [[y]] {{ z }} \n next`
  const words = undone((json) => (overTime(json).title = title))
  expect(words).toHaveLength(1)
  expect(words[0]).not.toContain('\n')
})

const v2 = (change: (json: ReturnType<typeof built>) => void = () => {}) => {
  const json = built()
  change(json)
  return JSON.parse(JSON.stringify({ spec: dashboardV2(json) }))
}

test('dashboards of schema v2 are told in the same words', () => {
  expect(describeDashboard(v2(), v2())).toEqual([])
  const live = v2((json) => {
    const panel = overTime(json)
    panel.targets[0].expr = 'up'
    panel.fieldConfig.defaults.unit = 's'
    json.panels[2].title = 'Mine'
    json.panels.pop()
    json.time.from = 'now-7d'
  })
  expect(describeDashboard(live, v2())).toEqual([
    'timeSettings.from: now-7d → now-15m',
    expect.stringMatching(/^"API endpoints": panel added: /),
    '"p95 latency": renamed: Mine → p95 latency',
    expect.stringMatching(/^"Availability" in "Over time": query A: up → /),
    '"Availability" in "Over time": unit: s → percentunit',
  ])
})

test('a dashboard of schema v2 is not compared with one of v1', () => {
  expect(describeDashboard(v2(), built())).toEqual([
    'one of the two is in schema v2; what differs cannot be told one by one',
  ])
})
