import { isForgeable, type Objective, possibleBurnRates } from 'cx-definition'
import { knowsCustomers } from '../promql/alert-conditions.ts'
import { type Dashboard, row } from './dashboard.ts'
import { dashboardUid } from './dashboard-uid.ts'
import { objectiveGraph } from './objective-graph.ts'

export interface ObjectiveDashboardOptions extends Partial<
  Pick<Dashboard, 'leadsTo' | 'uid' | 'zoomOutTo'>
> {
  readonly objective: Objective
  /** The uid of the dashboard that a click on a customer opens. */
  readonly customer?: string
}

/** One objective whole: what is left of its budget, how fast it burns and when that alerts, and who is hit. Needs `alerting`. */
export const objectiveDashboard = ({
  customer,
  objective,
  uid = dashboardUid('objective', objective.name),
  ...rest
}: ObjectiveDashboardOptions): Dashboard => {
  const of = objectiveGraph({ objective, ...(customer && { navigation: { customer } }) })
  const pages = possibleBurnRates(objective).some(({ severity }) => severity === 'page')
  return {
    ...rest,
    uid,
    kind: 'objective',
    title: `Objective: ${objective.title}`,
    description: `What is left of the budget of ${objective.feature.title}, and how fast it burns.`,
    objective,
    owner: objective.feature.owner,
    from: 'now-6h',
    marks: { objectives: [objective], services: servicesOf(objective) },
    rows: [
      row('Now', [
        of.note(),
        of.standing({ width: 6 }),
        of.budgetLeft({ width: 6 }),
        of.eventsLeft({ width: 6 }),
        of.lasts({ width: 9 }),
        of.burnRate({ width: 9 }),
      ]),
      row('Alerts', [
        ...(pages ? [of.pageWindows()] : []),
        of.ticketWindows(pages ? {} : { width: 24 }),
      ]),
      row('Budget and events', [
        of.budgetOverTime(),
        of.standingOverTime(),
        of.eventsOverTime({ width: 24 }),
      ]),
      ...(knowsCustomers(objective) && pages ? [row('Who is hit', [of.customersHit()])] : []),
    ],
  }
}

/** Those that its events name; browsers' come through one that says nothing about them. */
const servicesOf = ({ indicator }: Objective): string[] =>
  isForgeable(indicator)
    ? []
    : [...new Set(indicator.total.operations.flatMap(({ service }) => service ?? []))]
