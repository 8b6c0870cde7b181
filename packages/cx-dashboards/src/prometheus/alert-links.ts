import type { Feature, Objective, Owner, Service, WebApp } from 'cx-definition'
import { addressBelow } from '../page-address.ts'
import { labels } from '../promql/queries.ts'
import { minus, now, number, times } from '../promql/expression.ts'
import { encodedLabel, queried, type Template, template, whereAsked } from './template.ts'

/** Where alerts lead; each is left out where there is nothing. */
export interface AlertLinks {
  readonly grafanaUrl: string | undefined
  readonly runbookUrl: string | undefined
  /** The dashboard of a feature, and that of one customer. */
  readonly dashboardOf: (about: LinkTarget) => string | undefined
  readonly customerDashboard: string | undefined
  /** The web apps that people use a feature in. */
  readonly appsOf: (feature: Feature) => readonly WebApp[]
  /** Where the sessions of web apps are, such as `https://app.datadoghq.eu`. */
  readonly datadogUrl: string | undefined
}

export interface LinkTarget {
  readonly feature?: Feature | undefined
  readonly app?: WebApp
  readonly objective?: Objective
  readonly service?: Service
  readonly page: string
  readonly runbook?: string | undefined
  /** Of an alert that names a customer. */
  readonly dimension?: string
}

export const linksOf = (links: AlertLinks, target: LinkTarget): Record<string, Template> => {
  const { customerDashboard, dashboardOf, runbookUrl } = links
  const { dimension, page, runbook } = target
  const found: Record<string, Template> = {}
  const runbookAt = runbook ?? (runbookUrl && addressBelow(runbookUrl, `${page}.md`))
  if (runbookAt) found['runbook_url'] = template`${runbookAt}`
  const dashboard = dashboardOf(target)
  if (dashboard) Object.assign(found, { dashboard_url: dashboardAt(links, dashboard, template``) })
  if (dimension !== undefined && customerDashboard) {
    const variable = template`&var-${dimension}=${encodedLabel(dimension)}`
    found['customer_url'] = dashboardAt(links, customerDashboard, variable)
  }
  return found
}

/** Milliseconds, as Grafana and Datadog read them: from an hour before the alert to the alert, or to now where that is not known. */
const begin = queried(times(minus(now, number(3600)), number(1000)), 'count')
const end = queried(times(now, number(1000)), 'count')

const dashboardAt = ({ grafanaUrl = '' }: AlertLinks, uid: string, variables: Template): Template =>
  template`${addressBelow(grafanaUrl, `d/${uid}`)}?var-environment=${encodedLabel(labels.environment)}${variables}${whereAsked(template`&from=${begin}&to=${end}`, template`&from=now-1h&to=now`)}`

/** The errors of an owner in some apps, each with its session and replay. */
export const sessionsAt = (
  { datadogUrl }: AlertLinks,
  apps: readonly WebApp[],
  owner: Owner,
): Record<string, Template> => {
  if (datadogUrl === undefined || apps.length === 0) return {}
  const names = apps.map(({ name }) => name).join(' OR ')
  const terms = encodeURIComponent(`@type:error service:(${names}) @context.team:${owner.name}`)
  return {
    sessions_url: template`${datadogUrl}/rum/sessions?query=${terms}%20env:${encodedLabel(labels.environment)}${whereAsked(template`&from_ts=${begin}&to_ts=${end}&live=false`)}`,
  }
}
