import { breachMonitors } from './breach-monitors.ts'
import { burnMonitors } from './burn-monitors.ts'
import type { DatadogContext } from './datadog-context.ts'
import type { DatadogObject } from './datadog-object.ts'
import { rumMonitors } from './rum-monitors.ts'
import { silenceMonitor } from './silence-monitor.ts'
import { objectivesInDatadog } from './slos.ts'

/** Parts before what is put together from them. */
export const datadogMonitors = (context: DatadogContext): readonly DatadogObject[] => [
  ...objectivesInDatadog(context).flatMap((objective) => [
    ...burnMonitors(objective, context),
    ...breachMonitors(objective, context),
  ]),
  ...context.catalog.services.map((service) => silenceMonitor(service, context)),
  ...context.catalog.owners.flatMap((owner) => rumMonitors(owner, context)),
]
