import type { DatadogKind, DatadogObject } from '../src/datadog/datadog-object.ts'

const tags = (name: string) => [
  'managed_by:cx-dashboards',
  'cx_set:cx',
  `cx_name:${name}`,
  'team:growth',
]

export const slo = (name: string, target = 99.9): DatadogObject => ({
  kind: 'slo',
  name,
  title: `SLO ${name}`,
  json: {
    type: 'metric',
    name: `SLO ${name}`,
    description: 'From a test',
    tags: tags(name),
    thresholds: [{ timeframe: '30d', target }],
    sli_specification: {
      count: {
        good_events_formula: { formula: 'good' },
        total_events_formula: { formula: 'total' },
        queries: [{ data_source: 'metrics', name: 'good', query: 'sum:cx_requests_total{*}' }],
      },
    },
  },
})

export const monitor = (
  name: string,
  json: { readonly [field: string]: unknown } = {},
): DatadogObject => ({
  kind: 'monitor',
  name,
  title: `Monitor ${name}`,
  json: {
    type: 'query alert',
    name: `Monitor ${name}`,
    query: `sum(last_5m):sum:cx_requests_total{name:${name}}.as_count() > 20`,
    message: 'Customers are hit. @slack-growth',
    priority: null,
    tags: tags(name),
    options: { include_tags: false, notify_audit: false, thresholds: { critical: 20 } },
    ...json,
  },
})

export const dashboard = (
  name: string,
  links: readonly string[] = [],
  more: { readonly [field: string]: unknown } = {},
): DatadogObject => ({
  kind: 'dashboard',
  name,
  title: `Dashboard ${name}`,
  json: {
    title: `Dashboard ${name}`,
    description: 'What customers live through',
    layout_type: 'ordered',
    tags: ['team:growth'],
    template_variables: [{ name: 'env', prefix: 'env', defaults: ['*'] }],
    widgets: [
      ...links.map((link) => ({
        definition: { type: 'note', content: `[more](/dashboard/cx-ref(dashboard/${link}))` },
      })),
      {
        definition: {
          type: 'group',
          title: 'Errors',
          layout_type: 'ordered',
          widgets: [{ definition: { type: 'note', content: 'None so far' } }],
        },
      },
    ],
    ...more,
  },
})

/** Everything that names something: an SLO's parts, what is put together from them, dashboards that lead to each other. */
export const datadogSet = (): readonly DatadogObject[] => [
  slo('documents'),
  // Before its parts, as nobody has to know.
  monitor('documents-page', {
    type: 'composite',
    query: 'cx-ref(monitor/documents-burn-1h) && cx-ref(monitor/documents-evidence-1h)',
    options: {},
    priority: 1,
  }),
  monitor('documents-burn-1h', {
    type: 'slo alert',
    query:
      'burn_rate("cx-ref(slo/documents)").over("30d").long_window("1h").short_window("5m") > 14.4',
  }),
  monitor('documents-evidence-1h'),
  dashboard('overview', ['customer', 'overview']),
  dashboard('customer', ['overview']),
]

/** The same set with one object in the place of its namesake, or without it. */
export const withObject = (
  objects: readonly DatadogObject[],
  kind: DatadogKind,
  name: string,
  changed: (object: DatadogObject) => DatadogObject | undefined,
): readonly DatadogObject[] =>
  objects.flatMap((object) =>
    object.kind === kind && object.name === name ? (changed(object) ?? []) : [object],
  )

export const withJson =
  (json: { readonly [field: string]: unknown }) =>
  (object: DatadogObject): DatadogObject => ({ ...object, json: { ...object.json, ...json } })
