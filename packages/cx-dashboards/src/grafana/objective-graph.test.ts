import {
  always,
  availability,
  catalog,
  counter,
  days,
  feature,
  histogram,
  httpServerRequestDuration,
  objective,
  owner,
  percent,
  ratio,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { row } from './dashboard.ts'
import { featureDashboard } from './feature-dashboard.ts'
import { objectiveGraph } from './objective-graph.ts'

const billing = owner('billing')
const invoices = feature('invoices', { owner: billing })
const common = { feature: invoices, target: percent(99), window: days(30) } as const
const { labels } = httpServerRequestDuration
const from = histogram({
  ...httpServerRequestDuration,
  labels: { ...labels, environment: always('production') },
})
const available = objective('invoices-available', {
  ...common,
  title: 'Invoices are available',
  indicator: availability({ of: [{ service: 'billing' }], from }),
})
const folder = { uid: 'cx', title: 'CX' }

test("a feature's dashboard shows objectives over metrics that are not of the contract, in the environments that these tell", () => {
  const definition = catalog({ owners: [billing], features: [invoices], objectives: [available] })
  const [{ json } = { json: undefined }] = buildDashboards(
    defineDashboards({
      catalog: definition,
      folder,
      dashboards: [featureDashboard({ catalog: definition, feature: invoices, uid: 'invoices' })],
    }),
  )
  const panels = json?.panels as unknown as readonly {
    readonly title: string
    readonly targets?: readonly { readonly expr: string }[]
  }[]
  const { targets } = panels.find(({ title }) => title === available.title) ?? {}
  expect(targets?.[0]?.expr).toContain(
    'rate(http_server_request_duration_seconds_count{service_name="billing", http_response_status_code!~"5.*"}[$__range])',
  )
  const variable = json?.templating?.list?.find(({ name }) => name === 'environment')
  expect(variable?.query).toContain(
    'label_replace(sum(http_server_request_duration_seconds_count), "deployment_environment_name", "production", "", "")',
  )
  expect(variable?.regex).toBe('/deployment_environment_name="([^"]*)"/')
})

test('an objective that no catalog has checked brings no name into a query that would have to be quoted', () => {
  const injected = counter({ name: 'a_total} or vector(1) #' })
  const unchecked = objective('unchecked', {
    ...common,
    indicator: ratio({ description: 'any', bad: { from: injected }, total: { from: injected } }),
  })
  const dashboard = {
    uid: 'one',
    title: 'One',
    description: 'Of this test',
    rows: [row('Row', [objectiveGraph({ objective: unchecked }).standing()])],
  }
  const definition = catalog({ owners: [billing], features: [invoices] })
  expect(() => defineDashboards({ catalog: definition, folder, dashboards: [dashboard] })).toThrow(
    'objective("unchecked").indicator.from.name',
  )
})
