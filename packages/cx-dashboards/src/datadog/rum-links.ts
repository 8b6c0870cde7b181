import type { Owner, WebApp } from 'cx-definition'
import type { DatadogContext } from './datadog-context.ts'
import { tagValue } from './metric-query.ts'
import { plainUrl } from './plain-text.ts'
import { rumSearch, rumTerm } from './rum-search.ts'

/** The errors of an owner in some apps, each with its session and replay, in the hour before a monitor told of them. */
export const sessionsUrl = (
  { monitors, url }: Pick<DatadogContext, 'monitors' | 'url'>,
  apps: readonly WebApp[],
  owner: Owner,
): string => {
  const search = rumSearch(
    '@type:error',
    rumTerm('service', ...apps.map(({ name }) => name)),
    rumTerm('@context.team', owner.name),
    rumTerm('env', tagValue(monitors.environment)),
  )
  // A message knows when it was told, in milliseconds; the hour before is what the monitor looked at.
  return `${url}/rum/sessions?query=${plainUrl(encodeURIComponent(search))}&from_ts={{eval "last_triggered_at_epoch-3600*1000"}}&to_ts={{last_triggered_at_epoch}}&live=false`
}
