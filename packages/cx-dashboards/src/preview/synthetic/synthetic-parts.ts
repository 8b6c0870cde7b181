import { type Catalog, minutes, type Operation, outcomes, requestDuration } from 'cx-definition'
import { alertLinks, type DashboardSet } from '../../build.ts'
import { labels } from '../../promql/labels.ts'
import { ruleFiles } from '../../prometheus/rules.ts'
import { yamlText } from '../../yaml-text.ts'
import { apiSeries, madeCustomers, madeOperations } from './api-series.ts'
import type { MadeSeries } from './made-series.ts'
import { otherSeries } from './other-series.ts'
import { type PastRule, ruleLevels } from './rule-levels.ts'
import { serviceSeries } from './service-series.ts'
import { webSeries } from './web-series.ts'

/** All that a Prometheus with invented data needs; plain data, so that a worker can send it. */
export interface SyntheticPlan {
  readonly series: readonly MadeSeries[]
  /** Rules in the order in which their past is filled in. */
  readonly pastRules: readonly (readonly PastRule[])[]
  /** The rule file that is evaluated from now on. */
  readonly rules: string
  /** What is left out of a large catalog, in words. */
  readonly note?: string
}

// Beyond, the text that promtool reads grows past some hundred megabytes.
const mostSeries = 3000

export const syntheticPlan = (set: DashboardSet): SyntheticPlan => {
  const all = madeOperations(set.catalog)
  const most = mostOperations(set.catalog)
  const catalog = withoutServices(set.catalog, servicesBeyond(all, most))
  const files = rulesOf({ ...set, catalog })
  return {
    series: seriesOf(catalog, environmentOf(set), most),
    pastRules: ruleLevels(files),
    rules: yamlText({ groups: files.flatMap(({ groups }) => groups) }),
    ...(all.length > most && {
      note: `The catalog names ${all.length} operations; the first ${most} have invented data.`,
    }),
  }
}

const mostOperations = (catalog: Catalog): number => {
  const outcomesAndSuffixes = outcomes.length * (catalog.durationBounds.length + 4)
  return Math.max(1, Math.floor(mostSeries / (madeCustomers(catalog).length * outcomesAndSuffixes)))
}

/** Services of which no operation has data. */
const servicesBeyond = (
  all: readonly { readonly operation: Operation }[],
  most: number,
): ReadonlySet<string> => {
  const made = new Set(all.slice(0, most).map(({ operation }) => operation.service))
  const beyond = all.slice(most).map(({ operation }) => operation.service)
  return new Set(beyond.filter((service) => !made.has(service)))
}

/** Nor their objectives, whose rules would take minutes to find nothing. */
const withoutServices = (catalog: Catalog, left: ReadonlySet<string>): Catalog => ({
  ...catalog,
  objectives: catalog.objectives.filter(({ indicator: { total } }) =>
    total.operations.every(({ service = '' }) => !left.has(service)),
  ),
  services: catalog.services.filter(({ name }) => !left.has(name)),
})

const environmentOf = ({ alerting }: DashboardSet): string =>
  alerting?.environments[0] ?? 'production'

/** Each minute: the past is filled in at that pace, and what counts evaluations must count the same ones from now on. */
const rulesOf = (set: DashboardSet) => {
  if (!set.alerting) return []
  const alerting = { ...set.alerting, interval: minutes(1) }
  return ruleFiles(set.catalog, alerting, alertLinks(set, alerting))
}

const seriesOf = (catalog: Catalog, environment: string, most: number): readonly MadeSeries[] => {
  const services = servicesOf(catalog, most)
  const [speaker = 'service'] = services
  const inContract = [
    ...apiSeries(catalog, most),
    ...webSeries(catalog, speaker),
    ...services.flatMap((service) => serviceSeries(service, 3)),
  ].map((each) => ({ ...each, labels: { ...each.labels, [labels.environment]: environment } }))
  const made = new Set(inContract.map(({ name }) => name))
  const isMade = (name: string) => made.has(name) || name === requestDuration.name
  return [...inContract, ...otherSeries(catalog, environment, isMade)]
}

/** Browsers speak through whatever service comes first. */
const servicesOf = (catalog: Catalog, most: number): readonly string[] => {
  const named = madeOperations(catalog).slice(0, most)
  const all = [
    ...catalog.services.map(({ name }) => name),
    ...named.map(({ operation }) => operation.service),
  ]
  return [...new Set(all.length > 0 ? all : ['service'])]
}
