import { catalog, operation, feature, owner, service } from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { row } from './dashboard.ts'
import { jobGraph } from './job-graph.ts'
import { serviceDashboard } from './service-dashboard.ts'

const team = owner('team')
const shop = feature('shop', { owner: team, operations: [operation('api', 'GET', '/')] })
const api = service('api', { owner: team })
const worker = service('worker', { owner: team, jobs: ['nightly-export', 'mail "all"'] })
const definition = catalog({ owners: [team], features: [shop], services: [api, worker] })

interface Built {
  readonly title: string
  readonly type: string
  readonly description?: string
  readonly targets?: readonly { readonly expr: string; readonly legendFormat?: string }[]
  readonly fieldConfig?: unknown
}

const built = (dashboards: Parameters<typeof defineDashboards>[0]['dashboards']) =>
  buildDashboards(
    defineDashboards({ catalog: definition, folder: { uid: 'cx', title: 'CX' }, dashboards }),
  ).map(({ json }) => json.panels as unknown as readonly Built[])

const customer = {
  uid: 'customer',
  title: 'C',
  description: 'c',
  rows: [row('Jobs', [jobGraph({ service: api }).jobs()])],
}
const [, ofApi = [], ofWorker = []] = built([
  customer,
  ...[api, worker].map((each) =>
    serviceDashboard({
      catalog: definition,
      service: each,
      customer: 'customer',
      objectives: false,
    }),
  ),
])
const selected = 'service_name="worker", deployment_environment_name="$environment"'
const asked = (title: string, type: string) =>
  ofWorker
    .find((each) => each.title === title && each.type === type)
    ?.targets?.map(({ expr }) => expr)

test('a service’s dashboard tells of its jobs where the catalog names some', () => {
  const rows = (panels: readonly Built[]) =>
    panels.filter(({ type }) => type === 'row').map(({ title }) => title)
  expect(rows(ofWorker)).toEqual(['At a glance', 'Operations', 'Jobs', 'Impacted customers'])
  expect(rows(ofApi)).not.toContain('Jobs')
})

test('each job has its runs, failures, share of successes and average time', () => {
  const runs = `sum by (job_name) (increase(cx_jobs_total{${selected}}[$__range]))`
  const failed = `sum by (job_name) (increase(cx_jobs_total{service_name="worker", outcome="server_error", deployment_environment_name="$environment"}[$__range])) or 0 * ${runs}`
  expect(asked('Jobs', 'table')).toEqual([
    runs,
    failed,
    `1 - (${failed}) / ${runs}`,
    `sum by (job_name) (rate(cx_job_duration_seconds_sum{${selected}}[$__range])) / sum by (job_name) (rate(cx_job_duration_seconds_count{${selected}}[$__range]))`,
  ])
})

test('over time they are told apart by name, each in a colour that it keeps', () => {
  for (const title of ['Job runs', 'Job failures', 'Job duration']) {
    const panel = ofWorker.find((each) => each.title === title)
    expect(panel?.targets?.[0]?.legendFormat, title).toBe('{{job_name}}')
    const overrides = JSON.stringify(panel?.fieldConfig)
    for (const name of worker.jobs) expect(overrides, title).toContain(JSON.stringify(name))
  }
  expect(asked('Job failures', 'timeseries')?.join()).toContain('outcome="server_error"')
})
