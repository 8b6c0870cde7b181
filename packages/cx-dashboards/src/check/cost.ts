import { type Duration, seconds } from 'cx-definition'
import type { Alerting } from '../alerting.ts'
import { alertLinks } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { prometheusDuration } from './retention.ts'
import { readSelectors } from '../promql/read-selectors.ts'
import { recorded } from '../promql/slo-series.ts'
import type { RuleGroup } from '../prometheus/rule-group.ts'
import { ruleFiles } from '../prometheus/rules.ts'
import {
  mostCustomers,
  seriesOfService,
  seriesSelected,
  type SeriesSize,
  seriesSizes,
} from '../promql/raw-series.ts'

/** What a group of rules asks of Prometheus, in one environment, at most. */
export interface GroupCost {
  readonly group: string
  readonly everySeconds: number
  readonly rules: number
  /** That it records. */
  readonly series: number
  /** Of those, a day. */
  readonly samplesADay: number
  /** Samples of the services' own series that each evaluation reads. */
  readonly rawRead: number
  /** Samples of recorded series that each evaluation reads. */
  readonly recordedRead: number
}

export interface CatalogCost {
  readonly groups: readonly GroupCost[]
  readonly customers: number
  readonly services: ReturnType<typeof seriesOfService>
}

/** Read from the generated rules themselves, before anything runs. */
export const catalogCost = (
  set: DashboardSet,
  alerting: Alerting,
  scrapeInterval: Duration,
): CatalogCost => {
  const { catalog } = set
  const files = ruleFiles(catalog, alerting, alertLinks(set, alerting))
  const groups = files.flatMap((file) => file.groups)
  const raw = seriesSizes(catalog)
  const customers = mostCustomers(catalog)
  const intervals = recordingIntervals(groups)
  return {
    customers,
    services: seriesOfService(catalog),
    groups: groups.map((group) => groupCost(group, { raw, customers, intervals, scrapeInterval })),
  }
}

interface Sizes {
  readonly raw: ReadonlyMap<string, SeriesSize>
  readonly customers: number
  /** Seconds between two samples of a recorded series. */
  readonly intervals: ReadonlyMap<string, number>
  readonly scrapeInterval: Duration
}

const everySeconds = ({ interval }: RuleGroup): number =>
  (prometheusDuration(interval) ?? seconds(60)).seconds

const recordingIntervals = (groups: readonly RuleGroup[]): ReadonlyMap<string, number> =>
  new Map(
    groups.flatMap((group) =>
      group.rules.flatMap((rule) =>
        'record' in rule ? [[rule.record, everySeconds(group)] as const] : [],
      ),
    ),
  )

// All series of single customers bear the same beginning.
const ofCustomers = recorded.customerBudgetRemaining.replace(/:.*/, ':')

const seriesOfRecord = (record: string, { customers }: Sizes): number =>
  record.startsWith(ofCustomers) ? customers : 1

const groupCost = (group: RuleGroup, sizes: Sizes): GroupCost => {
  const every = everySeconds(group)
  const series = sumOf(group.rules, (rule) =>
    'record' in rule ? seriesOfRecord(rule.record, sizes) : 0,
  )
  const reads = group.rules.map(({ expr }) => samplesRead(expr, sizes))
  return {
    group: group.name,
    everySeconds: every,
    rules: group.rules.length,
    series,
    samplesADay: (series * 86_400) / every,
    rawRead: Math.round(sumOf(reads, ({ raw }) => raw)),
    recordedRead: Math.round(sumOf(reads, ({ recorded: own }) => own)),
  }
}

const samplesRead = (expr: string, sizes: Sizes) => {
  const read = { raw: 0, recorded: 0 }
  const isSeries = (name: string) => sizes.raw.has(name) || sizes.intervals.has(name)
  for (const { matchers, name, times, windowSeconds } of readSelectors(expr, isSeries)) {
    const size = sizes.raw.get(name)
    const apart = size ? sizes.scrapeInterval.seconds : (sizes.intervals.get(name) ?? 60)
    const samples = Math.max(1, windowSeconds / apart) * times
    if (size) read.raw += samples * seriesSelected(size, matchers)
    else read.recorded += samples * seriesOfRecord(name, sizes)
  }
  return read
}

const sumOf = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0)
