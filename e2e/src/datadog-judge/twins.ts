import { buildArtifacts, contact, datadogContact, type DashboardSet, webhook } from 'cx-dashboards'
import { catalog, type CatalogOptions, type Duration, minutes, seconds } from 'cx-definition'
import { ask, groupsIn } from '../judged-rules.ts'
import { type DatadogObjects, judge, type MonitorJson, type SloJson } from './judge.ts'
import type { DatadogWorld } from './recorded.ts'

/** One stream of events, as each side stores it. */
export interface Stream extends DatadogWorld {
  readonly lasting: number
  readonly series: Readonly<Record<string, string>>
}

/** The first and the last minute of an alert. */
export interface Firing {
  readonly from: number
  readonly to: number
}

const setOf = (options: CatalogOptions): DashboardSet => {
  const somebody = [webhook({ url: 'http://127.0.0.1:9' })]
  return {
    catalog: catalog(options),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
    alerting: {
      contacts: options.owners.map((each) => contact(each, { page: somebody, ticket: somebody })),
      environments: ['production'],
      interval: minutes(1),
    },
    datadog: {
      site: 'datadoghq.eu',
      monitors: {
        mode: 'primary',
        environment: 'production',
        contacts: options.owners.map((each) =>
          datadogContact(each, { page: ['@pager'], ticket: ['@channel'] }),
        ),
      },
    },
  }
}

/** When each Prometheus alert fires, by its name and severity: `CxErrorBudgetBurn page`. */
export const firingsInPrometheus = (
  options: CatalogOptions,
  { lasting, series }: Stream,
  evaluated: Duration = minutes(1),
): ReadonlyMap<string, Firing> => {
  const groups = buildArtifacts(setOf(options))
    .filter(({ path }) => path.startsWith('prometheus/') && path.endsWith('.rules.yml'))
    .flatMap(({ content }) => groupsIn(content))
  const alerts = 'max by (alertname, severity) (ALERTS{alertstate="firing"})'
  const step = `${evaluated.seconds / 60}m`
  const questions = [
    `min_over_time(timestamp(${alerts})[9d:${step}]) / 60`,
    `max_over_time(timestamp(${alerts})[9d:${step}]) / 60`,
  ].map((query) => [query, minutes(lasting)] as const)
  const [first = [], last = []] = ask(
    { groups, series, scraped: seconds(30), evaluated },
    questions,
  ).map((found) =>
    found.map(
      ({ labels, value }) => [`${labels['alertname']} ${labels['severity']}`, value] as const,
    ),
  )
  const lasts = new Map(last)
  return new Map(first.map(([name, from]) => [name, { from, to: lasts.get(name) ?? from }]))
}

/** When each monitor for Datadog alerts that tells somebody, by its name. */
export const firingsInDatadog = (
  options: CatalogOptions,
  stream: Stream,
): ReadonlyMap<string, Firing> => {
  const objects = datadogObjectsOf(options)
  const stateOf = judge(objects, stream)
  const told = [...objects.monitors].filter(([, { message }]) => message.includes('\n@'))
  return new Map(
    told.flatMap(([name]) => {
      const state = stateOf(name)
      const firing = Array.from({ length: stream.lasting + 1 }, (_, minute) => minute).filter(state)
      const [from = -1] = firing
      return from < 0 ? [] : [[name, { from, to: firing.at(-1) ?? from }] as const]
    }),
  )
}

const datadogObjectsOf = (options: CatalogOptions) => {
  const artifacts = buildArtifacts(setOf(options))
  const ofKind = <Json>(kind: string): ReadonlyMap<string, Json> =>
    new Map(
      artifacts
        .filter(({ path }) => path.startsWith(`datadog/${kind}s/`))
        .map(({ content, path }) => [
          path.slice(`datadog/${kind}s/`.length, -'.json'.length),
          JSON.parse(content) as Json,
        ]),
    )
  return {
    monitors: ofKind<MonitorJson & { readonly message: string }>('monitor'),
    slos: ofKind<SloJson>('slo'),
  } satisfies DatadogObjects
}
