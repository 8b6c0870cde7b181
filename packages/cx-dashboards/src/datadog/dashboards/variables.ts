import { attributes, dimensionAttribute } from 'cx-definition'
import type { DatadogContext } from '../datadog-context.ts'
import type { DatadogJson } from '../datadog-object.ts'
import { type MetricScope, tagKey, tagValue, variableFilter } from '../metric-query.ts'

/** What every dashboard can be narrowed by. Datadog puts `tag:value` where a query has `$name`. */
export const templateVariables = ({
  catalog,
  monitors,
}: DatadogContext): readonly DatadogJson[] => [
  variable('env', tagKey(attributes.environment, ''), tagValue(monitors.environment)),
  variable('service', tagKey(attributes.service, '')),
  variable('customer', tagKey(dimensionAttribute, catalog.dimension.name)),
  // Metrics do not know whose an operation is; errors in browsers do.
  variable('owner', '@context.team'),
]

const variable = (name: string, prefix: string, chosen = '*'): DatadogJson => ({
  name,
  prefix,
  available_values: [],
  defaults: [chosen],
})

/** Requests as narrowed by the variables. */
export const apiScope = ({ catalog }: DatadogContext): MetricScope => ({
  dimension: catalog.dimension.name,
  filters: ['env', 'service', 'customer'].map(variableFilter),
})

/** What browsers told comes through a service of another name, and of no customer. */
export const webScope = ({ catalog }: DatadogContext): MetricScope => ({
  dimension: catalog.dimension.name,
  filters: [variableFilter('env')],
})

/** A link that keeps the time range. */
export const withTime = (path: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}from_ts={{timestamp_start}}&to_ts={{timestamp_end}}&live=false`
