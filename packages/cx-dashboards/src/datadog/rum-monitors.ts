import { type Owner, spokenPercent, type WebApp } from 'cx-definition'
import type { DatadogContext } from './datadog-context.ts'
import type { DatadogObject } from './datadog-object.ts'
import { evidenceFormula, evidenceThreshold } from './evidence.ts'
import { tagValue } from './metric-query.ts'
import { monitor } from './monitor.ts'
import { linkTo, plainText } from './plain-text.ts'
import { sessionsUrl } from './rum-links.ts'
import { quotedSearch, rumSearch, rumTerm } from './rum-search.ts'

/** What browsers tell of an owner's errors: tickets only, since anyone can make a browser say anything. */
export const rumMonitors = (owner: Owner, context: DatadogContext): readonly DatadogObject[] => {
  const { apps } = context.catalog
  if (apps.length === 0) return []
  return [
    sessionsHit(owner, apps, context),
    ...(context.monitors.newErrors ? [newError(owner, apps, context)] : []),
  ]
}

/** By sessions, since one page in a loop throws thousands; one for all apps, which tells of each by itself. */
const sessionsHit = (
  owner: Owner,
  apps: readonly WebApp[],
  context: DatadogContext,
): DatadogObject => {
  const share = context.sessionsHit.ratio
  const percent = Number((100 * share).toPrecision(12))
  const evidence = evidenceFormula('hits', `hits - ${share} * sessions`)
  return monitor(context, {
    name: `${owner.name}-browser-errors`,
    title: `Errors of ${owner.title} hit more than ${spokenPercent(context.sessionsHit)} of sessions`,
    owner,
    severity: 'ticket',
    type: 'rum alert',
    // In percent, so that the message can say it; nothing where it may be chance.
    query: `formula("100 * hits / sessions * is_greater(${evidence}, ${evidenceThreshold})").last("1h") > ${percent}`,
    message: [
      `{{value}} % of the sessions of {{service.name}} in the last hour were hit by an error of ${plainText(owner.title)}. Browsers tell this, and can be made to say anything.`,
      `Owner: ${plainText(owner.title)}.`,
      links(owner, apps, context),
    ].join('\n\n'),
    options: {
      thresholds: { critical: percent },
      enable_logs_sample: false,
      variables: [
        sessionCount('hits', erring(owner, apps, context)),
        sessionCount('sessions', within(apps, context)),
      ],
    },
  })
}

const newError = (owner: Owner, apps: readonly WebApp[], context: DatadogContext): DatadogObject =>
  monitor(context, {
    name: `${owner.name}-new-errors`,
    title: `A new kind of error of ${owner.title}`,
    owner,
    severity: 'ticket',
    type: 'error-tracking alert',
    query: `error-tracking(${quotedSearch(rumSearch(...within(apps, context), rumTerm('@context.team', owner.name)))}).source("browser").new().rollup("count").by("@issue.id").last("1d") > 0`,
    message: [
      `An error of ${plainText(owner.title)} that was never seen before.`,
      `Owner: ${plainText(owner.title)}.`,
      links(owner, apps, context),
    ].join('\n\n'),
    options: { thresholds: { critical: 0 }, enable_logs_sample: false },
  })

const within = (apps: readonly WebApp[], { monitors }: DatadogContext): readonly string[] => [
  rumTerm('service', ...apps.map(({ name }) => name)),
  rumTerm('env', tagValue(monitors.environment)),
]

const erring = (
  owner: Owner,
  apps: readonly WebApp[],
  context: DatadogContext,
): readonly string[] => [
  '@type:error',
  ...within(apps, context),
  rumTerm('@context.team', owner.name),
]

const distinctSessions = { aggregation: 'cardinality', metric: '@session.id' }

const sessionCount = (name: string, terms: readonly string[]) => ({
  data_source: 'rum',
  name,
  indexes: ['*'],
  search: { query: rumSearch(...terms) },
  compute: distinctSessions,
  group_by: [{ facet: 'service', limit: 100, sort: { order: 'desc', ...distinctSessions } }],
})

const links = (owner: Owner, apps: readonly WebApp[], context: DatadogContext): string =>
  [
    ...linkTo('Runbook', context.runbookPage('browser')),
    `[Sessions with errors](${sessionsUrl(context, apps, owner)})`,
  ]
    .map((link) => `- ${link}`)
    .join('\n')
