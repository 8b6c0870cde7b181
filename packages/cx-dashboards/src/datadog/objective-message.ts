import {
  type Breach,
  type Duration,
  type Feature,
  type Objective,
  type Severity,
  spokenDuration,
  spokenPercent,
  spokenWindow,
  type WebApp,
} from 'cx-definition'
import type { DatadogContext } from './datadog-context.ts'
import { reference } from './datadog-object.ts'
import { plainText, plainUrl } from './plain-text.ts'
import { isShown } from './shown-features.ts'
import { sessionsUrl } from './rum-links.ts'

/** A part of a composite monitor that knows how fast a budget burns. */
export interface BurnFigure {
  readonly long: Duration
  /** What a message calls the part: `a` is the first in the query (https://docs.datadoghq.com/monitors/notify/variables, "Composite monitor variables"). */
  readonly part: string
}

const figure = ({ long, part }: BurnFigure): string =>
  `{{${part}.value}} over ${spokenDuration(long)}`

/** What a person is told of an objective whose budget burns, and where to look. */
export const burnMessage = (
  objective: Objective,
  severity: Severity,
  rates: readonly BurnFigure[],
  context: DatadogContext,
): string =>
  [
    `${plainText(objective.title)}: the error budget is burning${severity === 'page' ? ' fast' : ''}, beyond what chance brings. The SLO shows how much is left.`,
    `Burn rate: ${rates.map(figure).join(', ')}. At 1 the budget lasts exactly as long as its window.`,
    promise(objective),
    linkLines(objective, 'burn', context),
  ].join('\n\n')

/** What a person is told of a simple rule beside the budget's. */
export const breachMessage = (
  objective: Objective,
  { below, lasting }: Breach,
  context: DatadogContext,
): string =>
  [
    `${plainText(objective.title)}: less than ${spokenPercent(below)} of ${plainText(objective.indicator.description)}, for ${spokenDuration(lasting)} and still.`,
    promise(objective),
    linkLines(objective, 'breach', context),
  ].join('\n\n')

const promise = ({ feature, indicator, target, window }: Objective): string =>
  `Promised: ${spokenPercent(target)} of ${plainText(indicator.description)}, over ${spokenWindow(window)}. Owner: ${plainText(feature.owner.title)}.`

/** The order in which somebody who was woken looks. */
const linkLines = (
  objective: Objective,
  page: 'burn' | 'breach',
  context: DatadogContext,
): string => {
  const { feature } = objective
  const links: readonly (readonly [string, string | undefined])[] = [
    ['Runbook', linkable(context.runbookOf(objective, page))],
    ['Feature', dashboardOf(feature, context)],
    ['SLO', `${context.url}/slo?slo_id=${reference('slo', objective.name)}`],
    ['Sessions with errors', sessionsOf(objective, context)],
    ['The same in Grafana', linkable(context.grafanaTwin({ objective, feature }))],
  ]
  return links
    .flatMap(([title, url]) => (url === undefined ? [] : [`- [${title}](${url})`]))
    .join('\n')
}

const dashboardOf = (feature: Feature, { catalog, url }: DatadogContext): string | undefined =>
  isShown(feature, catalog)
    ? `${url}/dashboard/${reference('dashboard', `feature-${feature.name}`)}`
    : undefined

const linkable = (url: string | undefined): string | undefined => url && plainUrl(url)

const sessionsOf = ({ feature }: Objective, context: DatadogContext): string | undefined => {
  const apps = appsOf(feature.name, context)
  return apps.length === 0 ? undefined : sessionsUrl(context, apps, feature.owner)
}

const appsOf = (feature: string, { catalog }: DatadogContext): readonly WebApp[] => [
  ...new Set(
    catalog.journeys.filter((each) => each.feature.name === feature).map(({ app }) => app),
  ),
]
