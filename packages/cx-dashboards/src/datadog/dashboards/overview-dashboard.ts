import type { DatadogContext } from '../datadog-context.ts'
import { type DatadogObject, reference } from '../datadog-object.ts'
import { apiWidgets } from './api-widgets.ts'
import { dashboard, linksBeside } from './dashboard.ts'
import { monitorList, sloList } from './lists.ts'
import { apiScope, withTime } from './variables.ts'
import { group, note } from './widget.ts'
import { webWidgets } from './web-widgets.ts'

/** Everything at a glance, the worst first. As long for two thousand services as for one. */
export const overviewDashboard = (context: DatadogContext): DatadogObject => {
  const { catalog, set, url } = context
  const api = apiWidgets([{}], apiScope(context))
  const web = webWidgets(catalog.apps, url)
  const dimension = catalog.dimension.name
  const links = linksBeside(context, 'overview')
  return dashboard(context, {
    name: 'cx-overview',
    title: 'CX Overview',
    description:
      'How customers fare, the worst first: objectives, customers, operations, web apps.',
    widgets: [
      ...(links.length === 0 ? [] : [note(links.join(' · '), { width: 12, height: 1 })]),
      ...(catalog.objectives.length === 0
        ? []
        : [
            group('Objectives', [
              sloList('Objectives', `cx_set:${set}`),
              monitorList('Monitors', [`cx_set:${set}`]),
            ]),
          ]),
      group('Impacted customers', [
        api.availability(),
        api.failures(),
        api.requests(),
        api.latency(),
        api.byCustomer([
          {
            label: `This ${dimension} alone`,
            link: withTime(
              `/dashboard/${reference('dashboard', 'cx-customer')}?tpl_var_customer[0]={{${dimension}.value}}&tpl_var_env[0]={{$env.value}}`,
            ),
          },
        ]),
      ]),
      group('All APIs', [
        api.requestsOverTime(),
        api.failureRateOverTime(),
        api.latencyOverTime(),
        api.byOperation([tracesLink]),
      ]),
      ...(catalog.apps.length === 0
        ? []
        : [
            group('Web apps', [
              web.sessions(),
              web.errors(),
              web.sessionsHit(),
              web.sessionsOverTime(),
              web.sessionsHitOverTime(),
              web.errorsByOwner(),
            ]),
          ]),
    ],
  })
}

export const tracesLink = {
  label: 'Traces of {{service.value}}',
  link: withTime('/apm/traces?query={{service}} {{$env}}'),
}
