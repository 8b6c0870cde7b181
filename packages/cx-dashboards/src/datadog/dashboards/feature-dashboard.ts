import type { Feature, Objective } from 'cx-definition'
import type { DatadogContext } from '../datadog-context.ts'
import { type DatadogObject, reference } from '../datadog-object.ts'
import { linkTo, plainText } from '../plain-text.ts'
import { objectivesInDatadog, timeframeOf } from '../slos.ts'
import { apiWidgets } from './api-widgets.ts'
import { dashboard } from './dashboard.ts'
import { funnel, monitorList, sloStanding } from './lists.ts'
import { tracesLink } from './overview-dashboard.ts'
import { apiScope, webScope } from './variables.ts'
import { journeyWidgets, webWidgets } from './web-widgets.ts'
import { group, note, type SizedWidget } from './widget.ts'

/** One feature in browsers, journeys and services: for who is on call, and for who wants to know where people stop. */
export const featureDashboard = (feature: Feature, context: DatadogContext): DatadogObject => {
  const { catalog, set, url } = context
  const journeys = catalog.journeys.filter((each) => each.feature === feature)
  const objectives = objectivesInDatadog(context).filter((each) => each.feature === feature)
  const apps = [...new Set(journeys.map(({ app }) => app))]
  const web = webWidgets(apps, url)
  const api = apiWidgets(feature.operations, apiScope(context))
  return dashboard(context, {
    name: `feature-${feature.name}`,
    title: `Feature: ${feature.title}`,
    description:
      feature.description || `How ${feature.title} fares, from the browser to the service.`,
    owner: feature.owner,
    widgets: [
      about(feature, objectives, context),
      ...(objectives.length === 0
        ? []
        : [
            group('Objectives', [
              ...objectives.map(({ name, title, window }) =>
                sloStanding(name, title, 6, timeframeOf(window)),
              ),
              monitorList('Monitors', [`cx_set:${set}`, `feature:${feature.name}`]),
            ]),
          ]),
      ...(apps.length === 0
        ? []
        : [
            group('Visits', [
              web.sessions(),
              web.errors(),
              web.sessionsHit(),
              web.sessionsOverTime(),
            ]),
          ]),
      ...journeys.map((journey) => {
        const of = journeyWidgets(journey, webScope(context), url)
        return group(`Journey: ${journey.title}`, [
          funnel(journey, of.search),
          of.dropOff(),
          of.failures(),
          of.timeInSteps(),
        ])
      }),
      ...(apps.length === 0
        ? []
        : [
            group('Errors', [web.errorsByOwner(), web.sessionsHitOverTime(), web.errorStream()]),
            group('Web vitals', [web.webVitals()]),
          ]),
      ...(feature.operations.length === 0
        ? []
        : [
            group('API', [
              api.availability(),
              api.failures(),
              api.requests(),
              api.latency(),
              api.requestsOverTime(),
              api.failureRateOverTime(),
              api.latencyOverTime(),
              api.byOperation([tracesLink]),
            ]),
          ]),
    ],
  })
}

const about = (
  feature: Feature,
  objectives: readonly Objective[],
  context: DatadogContext,
): SizedWidget => {
  const links = [
    `[Overview](/dashboard/${reference('dashboard', 'cx-overview')})`,
    ...linkTo('The same in Grafana', context.grafanaTwin({ feature })),
    ...objectives.flatMap((objective) =>
      linkTo(`Runbook: ${objective.title}`, context.runbookOf(objective, 'burn')),
    ),
  ]
  return note(
    [
      plainText(feature.description),
      `Owner: **${plainText(feature.owner.title)}**`,
      links.join(' · '),
    ]
      .filter((each) => each !== '')
      .join('\n\n'),
    { width: 12, height: 2 },
  )
}
