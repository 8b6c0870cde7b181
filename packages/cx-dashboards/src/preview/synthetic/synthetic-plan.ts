import {
  type Catalog,
  minutes,
  type Objective,
  type Operation,
  outcomes,
  requestDuration,
} from 'cx-definition'
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
  const catalog = withOperations(set.catalog, all.slice(0, most))
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

/** Without the objectives and services that have no data: their rules would take minutes to find nothing. */
const withOperations = (
  catalog: Catalog,
  made: readonly { readonly operation: Operation }[],
): Catalog => {
  const services = new Set(made.map(({ operation }) => operation.service))
  const isMade = ({ indicator: { total } }: Objective) =>
    total.operations.every(({ service }) => service === undefined || services.has(service)) ||
    total.instrument.labels !== undefined
  return {
    ...catalog,
    objectives: catalog.objectives.filter(isMade),
    services: catalog.services.filter(
      ({ name }, index) => services.has(name) || (services.size === 0 && index === 0),
    ),
  }
}

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
