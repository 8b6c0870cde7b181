import type { DatadogContext } from '../datadog-context.ts'
import { type DatadogObject, reference } from '../datadog-object.ts'
import { apiWidgets } from './api-widgets.ts'
import { dashboard, linksBeside } from './dashboard.ts'
import { tracesLink } from './overview-dashboard.ts'
import { apiScope } from './variables.ts'
import { group, note } from './widget.ts'

/** How one customer fares: the overview's figures, and where it fails most. */
export const customerDashboard = (context: DatadogContext): DatadogObject => {
  const api = apiWidgets([{}], apiScope(context))
  const { dimension } = context.catalog
  const links = [
    `[All of them](/dashboard/${reference('dashboard', 'cx-overview')})`,
    ...linksBeside(context, 'customer'),
  ]
  return dashboard(context, {
    name: 'cx-customer',
    title: `CX: one ${dimension.name}`,
    description: `How one ${dimension.name} fares, which the variable chooses.`,
    widgets: [
      note(links.join(' · '), { width: 12, height: 1 }),
      group('At a glance', [api.availability(), api.failures(), api.requests(), api.latency()]),
      group('Top operations by failure rate', [api.byOperation([tracesLink])]),
      group('All APIs', [api.requestsOverTime(), api.failureRateOverTime(), api.latencyOverTime()]),
    ],
  })
}
