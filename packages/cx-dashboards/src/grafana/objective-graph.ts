import { countProblems, type Objective, quote } from 'cx-definition'
import { knowsCustomers } from '../promql/alert-conditions.ts'
import { environmentMatcher } from './environment.ts'
import { note } from './note.ts'
import { objectiveNote } from './objective-note.ts'
import * as numbers from './objective-numbers.ts'
import * as overTime from './objective-over-time.ts'
import { customersHit } from './objectives-table.ts'
import {
  type Panel,
  type PanelContext,
  type PanelSize,
  type SizedPanel,
  sizedPanel,
} from './panel.ts'

export interface ObjectiveGraphOptions {
  readonly objective: Objective
  /** The uid of the dashboard that a click on a customer opens. */
  readonly navigation?: { readonly customer: string }
}

/** A view on one objective, from which panels of every kind are taken. All but `standing` and `note` need `alerting`, whose rules they read. */
export interface ObjectiveGraph {
  /** What is promised, whose it is, and what to do. */
  readonly note: SizedPanel
  /** Good over total in the objective's window; in the time range where there are no rules. */
  readonly standing: SizedPanel
  readonly budgetLeft: SizedPanel
  /** How many bad events are left. */
  readonly eventsLeft: SizedPanel
  /** When the budget runs out at the last day's pace. */
  readonly lasts: SizedPanel
  readonly burnRate: SizedPanel
  /** The windows of the pages and of the tickets, each with the line that it alerts above. */
  readonly pageWindows: SizedPanel
  readonly ticketWindows: SizedPanel
  readonly budgetOverTime: SizedPanel
  readonly standingOverTime: SizedPanel
  readonly eventsOverTime: SizedPanel
  /** Who met bad events in the last hour. Nobody where the objective knows no customers. */
  readonly customersHit: SizedPanel
}

/** What a dashboard tells about one objective of the catalog. */
export const objectiveGraph = ({
  navigation,
  objective,
}: ObjectiveGraphOptions): ObjectiveGraph => {
  // It may be none of the catalog's, which checks its own.
  const problems = countProblems(
    `objective(${quote(objective.name)}).indicator`,
    objective.indicator,
  )
  const panel = (
    build: (view: ObjectiveView, context: PanelContext) => ReturnType<Panel['build']>,
    size: PanelSize,
    extra: Partial<Panel> = { fromRules: true },
  ): SizedPanel =>
    sizedPanel(
      (context) => build({ objective, matchers: [environmentMatcher], navigation }, context),
      size,
      { problems, ...extra },
    )
  return {
    note: panel(
      (_, context) => note(objective.title, objectiveNote(objective, context)),
      { width: 6, height: 8 },
      {},
    ),
    standing: panel(numbers.standing, small, {}),
    budgetLeft: panel(numbers.budgetLeft, small),
    eventsLeft: panel(numbers.eventsLeft, small),
    lasts: panel(numbers.lasts, small),
    burnRate: panel(numbers.burnRate, small),
    pageWindows: panel((view) => overTime.windows(view, 'page'), half),
    ticketWindows: panel((view) => overTime.windows(view, 'ticket'), half),
    budgetOverTime: panel(overTime.budget, half),
    standingOverTime: panel(overTime.standing, half),
    eventsOverTime: panel(overTime.events, half),
    customersHit: panel(
      customersHit,
      { width: 24, height: 8 },
      {
        fromRules: true,
        linksTo: navigation ? [navigation.customer] : [],
        ...(knowsCustomers(objective) ? {} : { problems: [...problems, noCustomers(objective)] }),
      },
    ),
  }
}

const small: PanelSize = { width: 4, height: 4 }
const half: PanelSize = { width: 12, height: 8 }

/** What the panels of an objective are made from. */
export interface ObjectiveView {
  readonly objective: Objective
  readonly navigation: ObjectiveGraphOptions['navigation']
  readonly matchers: readonly [typeof environmentMatcher]
}

const noCustomers = ({ name }: Objective) => ({
  code: 'CX_ERR_DIMENSION' as const,
  path: `objectiveGraph(${quote(name)}).customersHit`,
  message: 'its events know no customers',
  remedy: 'Leave the panel out',
})
