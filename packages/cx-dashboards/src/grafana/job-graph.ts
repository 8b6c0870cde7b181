import * as common from '@grafana/grafana-foundation-sdk/common'
import * as table from '@grafana/grafana-foundation-sdk/table'
import {
  attributes,
  type EventCount,
  failedOutcomes,
  type Instrument,
  jobDuration,
  jobs as jobsInstrument,
  type Service,
} from 'cx-definition'
import { minus, number, over, secondsPerPoint, times } from '../promql/expression.ts'
import {
  averageDuration,
  badEventsIn,
  eventRate,
  eventsIn,
  labels,
  type Scope,
} from '../promql/queries.ts'
import { environmentScope } from './environment.ts'
import { inPalette, units } from './house-style.ts'
import { barPanel, rateWindow, seriesPanel, stacked } from './over-time.ts'
import { type Panel, type PanelSize, type SizedPanel, sizedPanel } from './panel.ts'
import { rangeTarget, tableTarget } from './query-target.ts'
import { decimals, joined, unit, unknown } from './tables.ts'

/** A view on what a service does in the background, from which panels are taken. */
export interface JobGraph {
  /** By job: how often it ran and failed, and how long it took. */
  readonly jobs: SizedPanel
  readonly runsOverTime: SizedPanel
  readonly failuresOverTime: SizedPanel
  readonly durationOverTime: SizedPanel
}

/** What a dashboard tells about the jobs that `recordJob` records in a service. */
export const jobGraph = ({ service }: { readonly service: Service }): JobGraph => {
  const panel = (
    build: (view: JobView) => ReturnType<Panel['build']>,
    size: PanelSize,
  ): SizedPanel =>
    sizedPanel(({ dimension }) => build(jobView(service, environmentScope(dimension))), size)
  return {
    jobs: panel(jobTable, { width: 24, height: Math.min(12, 4 + service.jobs.length) }),
    runsOverTime: panel(runsOverTime, third),
    failuresOverTime: panel(failuresOverTime, third),
    durationOverTime: panel(durationOverTime, third),
  }
}

const third: PanelSize = { width: 8, height: 8 }

interface JobView {
  /** In the catalog; one that it does not know is shown as well. */
  readonly names: readonly string[]
  readonly scope: Scope
  readonly runs: EventCount
  readonly failed: EventCount
  readonly taken: EventCount
}

const jobView = ({ jobs, name }: Service, scope: Scope): JobView => {
  const count = (instrument: Instrument): EventCount => ({
    instrument,
    operations: [{ service: name }],
    where: [],
  })
  const runs = count(jobsInstrument)
  const outcome = { attribute: attributes.outcome, anyOf: failedOutcomes('server_errors') }
  return {
    names: jobs,
    scope,
    runs,
    failed: { ...runs, where: [outcome] },
    taken: count(jobDuration),
  }
}

const by = [labels.job]
const range = '$__range'
const columns = ['Runs', 'Failed', 'Succeeded', 'Average time'] as const

const jobTable = ({ failed, runs, scope, taken }: JobView) => {
  const all = eventsIn(runs, scope, range, by)
  const bad = badEventsIn(failed, runs, scope, range, by)
  return new table.PanelBuilder()
    .title('Jobs')
    .description(
      'Every job that ended in the time range, the one that fails most first. A client error is no failure. The average, since a job may take longer than the widest bucket.',
    )
    .cellHeight(common.TableCellHeight.Sm)
    .noValue('No job has ended')
    .withTarget(tableTarget(all))
    .withTarget(tableTarget(bad))
    .withTarget(tableTarget(minus(number(1), over(bad, all))))
    .withTarget(tableTarget(averageDuration(taken, scope, range, by)))
    .transformations(joined([{ label: labels.job, title: 'Job' }], columns, 'Succeeded'))
    .overrideByRegexp('^(Runs|Failed)$', [unit(units.count), decimals(0)])
    .overrideByName('Succeeded', [unit(units.ratio), decimals(2), unknown])
    .overrideByName('Average time', [unit(units.seconds), unknown])
}

const runsOverTime = (view: JobView) =>
  jobBars(view, view.runs, 'Job runs', 'Jobs that ended in each bar, by name.')

const failuresOverTime = (view: JobView) =>
  jobBars(view, view.failed, 'Job failures', 'Jobs that failed in each bar, by name.')

const jobBars = ({ names, scope }: JobView, count: EventCount, title: string, about: string) =>
  inPalette(
    barPanel(title, about)
      .axisSoftMax(1)
      .stacking(stacked())
      .withTarget(
        rangeTarget(
          times(eventRate(count, scope, rateWindow, by), secondsPerPoint),
          `{{${labels.job}}}`,
        ),
      ),
    names,
  )

const durationOverTime = ({ names, scope, taken }: JobView) =>
  inPalette(
    seriesPanel(
      'Job duration',
      'Time that jobs took on average, by name; gaps are times without one.',
    )
      .unit(units.seconds)
      .min(0)
      .withTarget(rangeTarget(averageDuration(taken, scope, rateWindow, by), `{{${labels.job}}}`)),
    names,
  )
