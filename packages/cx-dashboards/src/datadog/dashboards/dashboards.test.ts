import {
  availability,
  catalog,
  days,
  feature,
  objective,
  operation,
  owner,
  percent,
} from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { datadogDashboards } from '../dashboards.ts'
import { roundTrip } from '../testing/round-trip.ts'
import { sampleContext } from '../testing/sample-context.ts'
import { group, note, placed, type PlacedWidget, titleText } from './widget.ts'

const named = (name: string, context = sampleContext()) => {
  const found = datadogDashboards(context).find((each) => each.name === name)
  if (!found) throw new Error(`no ${name}`)
  return JSON.parse(JSON.stringify(found.json))
}

test('there is an overview, one for a customer, and one for each feature', () => {
  expect(datadogDashboards(sampleContext()).map(({ name }) => name)).toEqual([
    'cx-overview',
    'cx-customer',
    'feature-documents',
    'feature-signup',
  ])
})

test.for(['cx-overview', 'cx-customer', 'feature-documents'])(
  '%s leads to Grafana and to runbooks',
  (name) => {
    const text = JSON.stringify(named(name))
    expect(text).toContain('[The same in Grafana](https://grafana.example.com/d/cx)')
    expect(text).toMatch(/\[Runbook[^\]]*\]\(https:\/\/runbooks\.example\.com\/[\w-]+\.md\)/)
    const nowhere = {
      grafanaTwin: () => undefined,
      runbookOf: () => undefined,
      runbookPage: () => undefined,
    }
    expect(JSON.stringify(named(name, { ...sampleContext(), ...nowhere }))).not.toMatch(
      /Runbook|The same/,
    )
  },
)

test('a feature shows what the catalog knows of it, in the order in which one asks', () => {
  const titles = named('feature-signup').widgets.map(
    ({ definition }: PlacedWidget) => definition['title'] ?? definition['type'],
  )
  expect(titles).toEqual([
    'note',
    'Objectives',
    'Visits',
    'Journey: signup',
    'Errors',
    'Web vitals',
  ])
  expect(named('feature-documents').widgets.at(-1).definition.title).toBe('API')
})

test('a funnel has a step for each of the journey’s, and its end', () => {
  const journey = named('feature-signup').widgets[3].definition.widgets
  expect(
    journey[0].definition.requests[0].query.steps.map(({ value }: { value: string }) => value),
  ).toEqual(['signup: account entered', 'signup: confirm entered', 'signup: confirm completed'])
})

test('a customer opens its dashboard, with the time and the environment', () => {
  const customers = named('cx-overview').widgets.find(
    ({ definition }: PlacedWidget) => definition['title'] === 'Impacted customers',
  )
  const [link] = customers.definition.widgets.at(-1).definition.custom_links
  expect(link.link).toBe(
    '/dashboard/cx-ref(dashboard/cx-customer)?tpl_var_customer[0]={{customer.value}}&tpl_var_env[0]={{$env.value}}&from_ts={{timestamp_start}}&to_ts={{timestamp_end}}&live=false',
  )
})

test('every dashboard can be narrowed, and every query of requests is', () => {
  for (const { json, name } of datadogDashboards(sampleContext())) {
    const variables = json['template_variables'] as readonly { readonly name: string }[]
    expect(variables.map((each) => each.name)).toEqual(['env', 'service', 'customer', 'owner'])
    const queries = JSON.stringify(json).matchAll(/cx_request\w+\{([^}]*)\}/g)
    for (const [, where] of queries)
      expect(where, name).toMatch(/^\$env AND \$service AND \$customer/)
  }
})

test('widgets never cover one another, nor leave the grid', () => {
  const size = fc.record({
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 9 }),
  })
  fc.assert(
    fc.property(fc.array(size, { maxLength: 30 }), (sizes) => {
      const cells = new Set<string>()
      for (const { layout } of placed(sizes.map((each) => note('', each)))) {
        expect(layout.x + layout.width).toBeLessThanOrEqual(12)
        for (let x = layout.x; x < layout.x + layout.width; x += 1)
          for (let y = layout.y; y < layout.y + layout.height; y += 1) {
            expect(cells.has(`${x},${y}`)).toBe(false)
            cells.add(`${x},${y}`)
          }
      }
    }),
  )
  expect(
    group('two lines', [note('', { width: 12, height: 2 }), note('', { width: 6, height: 3 })])
      .height,
  ).toBe(6)
})

test('whatever somebody writes in a title stays text', () => {
  expect(titleText('a\n{{b}} @c')).toBe('a {\u200B{b}} @\u200Bc')
  expect(titleText('x'.repeat(300))).toHaveLength(80)
})

test('a feature of six hundred operations stays one small dashboard that Datadog’s model knows', () => {
  const platform = owner('platform')
  const hostile = ['a"b', 'a:b,c', '{x}', '*', '${y}', '[[z]]', 'ü', 'x'.repeat(300)]
  const operations = Array.from({ length: 600 }, (_, index) =>
    operation('docs', 'GET', `/${hostile[index % hostile.length]}/${index}`),
  )
  const many = feature('many', { title: 'A "many" {{of}} @them', owner: platform, operations })
  const context = sampleContext(
    {},
    catalog({
      owners: [platform],
      features: [many],
      objectives: [
        objective('many', {
          feature: many,
          indicator: availability({ of: operations }),
          target: percent(99),
          window: days(30),
        }),
      ],
    }),
  )
  const dashboard = datadogDashboards(context).find(({ name }) => name === 'feature-many')
  const { json, unknown } = roundTrip({ kind: 'dashboard', json: dashboard?.json ?? {} })
  expect(unknown).toEqual([])
  expect(json).toEqual(dashboard?.json)
  for (const [, where = ''] of JSON.stringify(json).matchAll(/http\.route[: IN(]+([^)}]*)/g))
    expect(where).not.toMatch(/["*$[\]\\]/)
})
