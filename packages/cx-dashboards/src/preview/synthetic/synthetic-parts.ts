import {
  attributes,
  type Catalog,
  journeySteps,
  minutes,
  type Objective,
  type Operation,
  requestDuration,
  requests,
} from 'cx-definition'
import { alertLinks } from '../../build.ts'
import type { DashboardSet } from '../../dashboard-set.ts'
import { labels } from '../../promql/labels.ts'
import { type RuleFile, ruleFiles } from '../../prometheus/rules.ts'
import { apiSeries, type MadeOperation, madeOperations, whole } from './api-series.ts'
import { jobSeries } from './job-series.ts'
import type { MadeSeries } from './made-series.ts'
import { otherSeries } from './other-series.ts'
import type { PartKey } from './part-keys.ts'
import { serviceSeries } from './service-series.ts'
import { webSeries } from './web-series.ts'

/** What a Prometheus with invented data needs for a part of a catalog; plain data, so that a worker can send it. */
export interface SyntheticPart {
  /** Other parts, which its rules read. */
  readonly needs: readonly PartKey[]
  readonly series: readonly MadeSeries[]
  readonly rules: readonly RuleFile[]
}

// Each operation has some 200 series. What looks at all of them, such as the overview, shows these.
const mostOperations = 15
const mostApps = 3
const mostServices = 50
const mostObjectives = 30

/** What each part of a catalog needs, worked out when it is looked at; undefined of a name that the catalog has not. */
export const syntheticParts = (
  set: DashboardSet,
): ((key: PartKey) => SyntheticPart | undefined) => {
  const { alerting, catalog } = set
  const operations = madeOperations(catalog)
  const services = servicesOf(catalog, operations)
  const environment = alerting?.environments[0] ?? 'production'
  const inEnvironment = (series: readonly MadeSeries[]) =>
    series.map((each) => ({
      ...each,
      labels: { ...each.labels, [labels.environment]: environment },
    }))
  const rulesOf = (part: Partial<Catalog>): readonly RuleFile[] => {
    if (!alerting) return []
    // Each minute: the past is filled in at that pace, and what counts evaluations must count the same ones from now on.
    const slower = { ...alerting, interval: minutes(1) }
    const own = { ...catalog, objectives: [], services: [], apps: [], ...part }
    return ruleFiles(own, slower, alertLinks({ ...set, catalog: own }, slower))
  }
  const nothing: SyntheticPart = { needs: [], series: [], rules: [] }

  const ofService = (name: string): SyntheticPart | undefined => {
    if (!services.includes(name)) return undefined
    const own = operations.filter(({ operation }) => operation.service === name)
    const declared = catalog.services.filter((service) => service.name === name)
    return {
      needs: neededByService(own),
      series: inEnvironment([
        ...serviceSeries(name, 3),
        ...jobSeries({ ...catalog, services: declared }),
      ]),
      rules: rulesOf({ services: declared }),
    }
  }
  const ofRoute = (service: string, route: string): SyntheticPart => ({
    ...nothing,
    series: inEnvironment(
      operations
        .filter(({ operation }) => operation.service === service && operation.route === route)
        .flatMap((made) => apiSeries(catalog, made)),
    ),
  })
  const ofObjective = (name: string): SyntheticPart | undefined => {
    const objective = catalog.objectives.find((each) => each.name === name)
    return (
      objective && {
        needs: neededBy(objective),
        series: isOfContract(objective.indicator.total.instrument.name)
          ? []
          : otherSeries(catalog, objective, environment),
        rules: rulesOf({ objectives: [objective] }),
      }
    )
  }
  const ofApp = (name: string): SyntheticPart | undefined => {
    const app = catalog.apps.find((each) => each.name === name)
    // Browsers speak through whatever service comes first.
    return (
      app && {
        ...nothing,
        series: inEnvironment(webSeries(catalog, app, services[0] ?? 'service')),
      }
    )
  }
  const ofStart = (): SyntheticPart => ({
    ...nothing,
    needs: firstNeeds(catalog, operations, services),
    rules: rulesOf({ apps: catalog.apps }),
  })
  return (key) => {
    if (key.kind === 'start') return ofStart()
    if (key.kind === 'route') return ofRoute(key.service, key.route)
    return { app: ofApp, objective: ofObjective, service: ofService }[key.kind](key.name)
  }
}

const keyOf = ({ route = '', service }: Operation): PartKey => ({
  kind: 'route',
  service,
  route,
})

const servicesOf = (catalog: Catalog, operations: readonly MadeOperation[]): readonly string[] => {
  const all = [
    ...catalog.services.map(({ name }) => name),
    ...operations.map(({ operation }) => operation.service),
  ]
  return [...new Set(all.length > 0 ? all : ['service'])]
}

/** What is there before anybody looks: of a small catalog all; of a large one what its first operations and apps are in. */
const firstNeeds = (
  catalog: Catalog,
  operations: readonly MadeOperation[],
  services: readonly string[],
): readonly PartKey[] => {
  const apps = catalog.apps.slice(0, mostApps).map(({ name }): PartKey => ({ kind: 'app', name }))
  const begun = [
    ...operations.slice(0, mostOperations).map(({ operation }) => keyOf(operation)),
    ...apps,
  ]
  const there = new Set(begun.map((key) => JSON.stringify(key)))
  const isThere = (needs: readonly PartKey[]) =>
    needs.every((key) => there.has(JSON.stringify(key)))
  const whose = Map.groupBy(operations, ({ operation }) => operation.service)
  return [
    ...begun,
    ...services
      .filter((name) => isThere(neededByService(whose.get(name) ?? [])))
      .slice(0, mostServices)
      .map((name): PartKey => ({ kind: 'service', name })),
    ...catalog.objectives
      .filter((objective) => isThere(neededBy(objective)))
      .slice(0, mostObjectives)
      .map(({ name }): PartKey => ({ kind: 'objective', name })),
  ]
}

const neededByService = (own: readonly MadeOperation[]): readonly PartKey[] =>
  own.slice(0, mostOperations).map(({ operation }) => keyOf(operation))

/** Whose events its rules count; nobody's where those are of another metric, which it invents itself. */
const neededBy = ({ indicator: { total } }: Objective): readonly PartKey[] => {
  if (total.instrument.name === journeySteps.name) {
    return total.where
      .filter(({ attribute }) => attribute === attributes.app)
      .flatMap(({ anyOf = [] }) => anyOf.map((name) => ({ kind: 'app' as const, name })))
  }
  if (!isOfContract(total.instrument.name)) return []
  return total.operations.slice(0, mostOperations).map((each) => keyOf(whole(each)))
}

const isOfContract = (metric: string): boolean =>
  [requests, requestDuration, journeySteps].some(({ name }) => name === metric)
