import { attributes, buildInfo, type Service, spokenDuration, minutes } from 'cx-definition'
import type { DatadogContext } from './datadog-context.ts'
import type { DatadogObject } from './datadog-object.ts'
import { latestQuery } from './metric-query.ts'
import { monitor } from './monitor.ts'
import { namePart } from './object-name.ts'
import { linkTo, plainText } from './plain-text.ts'
import { scopeOf } from './slos.ts'

const silentFor = minutes(10)

/** A service is heard: no requests are no alarm, no telemetry is. */
export const silenceMonitor = (service: Service, context: DatadogContext): DatadogObject =>
  monitor(context, {
    name: `${namePart(service.name)}-silent`,
    title: `${service.name} is silent`,
    service: service.name,
    owner: service.owner,
    severity: 'page',
    type: 'query alert',
    query: `max(last_${silentFor.seconds / 60}m):${latestQuery(buildInfo, [{ attribute: attributes.service, anyOf: [service.name] }], scopeOf(context))} < 1`,
    message: [
      `Nothing was heard of ${plainText(service.name)} for ${spokenDuration(silentFor)}: it is down, or does not push. Its other monitors are blind meanwhile.`,
      `Owner: ${plainText(service.owner.title)}.`,
      ...linkTo('Runbook', context.runbookPage('silence')).map((link) => `- ${link}`),
    ].join('\n\n'),
    options: {
      thresholds: { critical: 1 },
      require_full_window: false,
      on_missing_data: 'show_and_notify_no_data',
    },
  })
