import { type Catalog, type Duration, type Objective, shortDuration } from 'cx-definition'

interface Expression {
  readonly text: string
}

/** As far as they are asked here. */
interface Counts {
  total(window: Duration): Expression
  bad(window: Duration): Expression
  lowerBound(window: Duration): Expression
  windowTotal(): Expression
  customersHit(window: Duration): Expression
  customersActive(window: Duration): Expression
  customerTotal(window: Duration, matcher: object): Expression
  customerBad(window: Duration, matcher: object): Expression
}

type ReplayedCounts = (
  objective: Objective,
  catalog: Pick<Catalog, 'exclusions'> & { readonly dimension: { readonly name: string } },
  evaluated: Duration,
) => Counts

// Public is the command alone, which says when alerts fire and not what they counted.
const source = new URL(
  '../../packages/cx-dashboards/src/promql/replayed-counts.ts',
  import.meta.url,
).href
const { replayedCounts } = (await import(source)) as { readonly replayedCounts: ReplayedCounts }

const everybody = { label: 'customer', operator: '!=', value: '""' }

/** Each recorded series of an objective that alerts read, and what `backtest` counts in its place. */
export const replayed = (
  objective: Objective,
  exclusions: Catalog['exclusions'],
  windows: readonly Duration[],
  customerWindows: readonly Duration[],
  evaluated: Duration,
): ReadonlyMap<string, string> => {
  const counts = replayedCounts(
    objective,
    { dimension: { name: 'customer' }, exclusions },
    evaluated,
  )
  const each = (
    of: readonly Duration[],
    name: string,
    count: (window: Duration) => Expression,
  ): [string, string][] => of.map((window) => [name + shortDuration(window), count(window).text])
  return new Map([
    ...each(windows, 'slo:sli_total:increase', counts.total),
    ...each(windows, 'slo:sli_bad:increase', counts.bad),
    ...each(customerWindows, 'slo:sli_error:lower_bound', counts.lowerBound),
    ...each(customerWindows, 'slo:customers_hit:count', counts.customersHit),
    ...each(customerWindows, 'slo:customers_active:count', counts.customersActive),
    ...each(customerWindows, 'slo_customer:sli_total:increase', (window) =>
      counts.customerTotal(window, everybody),
    ),
    ...each(customerWindows, 'slo_customer:sli_bad:increase', (window) =>
      counts.customerBad(window, everybody),
    ),
    ['slo:sli_total:events_in_window', counts.windowTotal().text],
  ])
}
