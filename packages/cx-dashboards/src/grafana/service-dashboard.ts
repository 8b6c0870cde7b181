import type { Catalog, Objective, Service } from 'cx-definition'
import { type Dashboard, row } from './dashboard.ts'
import { dashboardUid } from './dashboard-uid.ts'
import { graph } from './graph.ts'
import { jobGraph } from './job-graph.ts'
import { note } from './note.ts'
import { objectiveTargets } from './objective-targets.ts'
import { objectivesTable } from './objectives-table.ts'
import { sizedPanel } from './panel.ts'

export interface ServiceDashboardOptions extends Pick<Dashboard, 'zoomOutTo'> {
  readonly catalog: Catalog
  readonly service: Service
  /** The uid of the dashboard that a click on a customer opens. */
  readonly customer: string
  /** Whether there are rules that keep what objectives stand at. */
  readonly objectives: boolean
}

/** One service: what it answers, how fast, for whom, and what is promised of it. */
export const serviceDashboard = ({
  catalog,
  customer,
  objectives,
  service,
  zoomOutTo,
}: ServiceDashboardOptions): Dashboard => {
  const { name, owner } = service
  const promised = catalog.objectives.filter((objective) => isOf(objective, service))
  const filters = { service: name }
  const { failures, targets } = objectiveTargets(promised, [filters])
  const api = graph({ name, filters, failures, targets })
  // What is promised of all requests together judges no operation and no customer alone.
  const each = graph({ name, filters, failures, navigation: { customer } })
  return {
    uid: dashboardUid('service', name),
    kind: 'service',
    title: `Service: ${name}`,
    description: `What ${name} answers, how fast, and for whom.`,
    owner,
    ...(zoomOutTo && { zoomOutTo }),
    marks: { services: [name], objectives: promised },
    rows: [
      row('At a glance', [
        about(service, catalog)(),
        api.availability({ width: 6 }),
        api.failedRequests({ width: 6 }),
        api.requests({ width: 6 }),
        api.latency('average', { width: 6 }),
        api.latency('p95', { width: 6 }),
        api.latency('p99', { width: 6 }),
      ]),
      ...(objectives && promised.length > 0
        ? [row('Objectives', [objectivesTable(promised)({ height: 3 + promised.length })])]
        : []),
      row('Operations', [
        each.endpoints(),
        api.requestsOverTime(),
        api.availabilityOverTime(),
        api.latencyOverTime(),
        api.requestRateOverTime(),
      ]),
      ...(service.jobs.length > 0 ? [jobRow(service)] : []),
      row('Impacted customers', [each.impactedCustomers()]),
    ],
  }
}

const jobRow = (service: Service) => {
  const of = jobGraph({ service })
  return row('Jobs', [of.jobs(), of.runsOverTime(), of.failuresOverTime(), of.durationOverTime()])
}

const about = ({ name, owner }: Service, { features }: Catalog) =>
  sizedPanel(
    ({ onCallOf }) => {
      const onCall = onCallOf(owner)
      const titles = features
        .filter(({ operations }) => operations.some(({ service }) => service === name))
        .map(({ title }) => title)
      return note(
        name,
        [
          `- Owner: **${owner.title}**${onCall === undefined ? '' : ` ([on call](${onCall}))`}`,
          ...(titles.length > 0 ? [`- Features: ${titles.join(', ')}`] : []),
        ].join('\n'),
      )
    },
    { width: 6, height: 8 },
  )

const isOf = ({ indicator }: Objective, { name }: Service): boolean =>
  indicator.total.operations.some(({ service }) => service === name)
