import type { Owner } from 'cx-definition'
import type { DatadogContext, GrafanaTwin } from '../datadog-context.ts'
import type { DatadogObject } from '../datadog-object.ts'
import { linkTo, plainText } from '../plain-text.ts'
import { templateVariables } from './variables.ts'
import { placed, type SizedWidget, titleText } from './widget.ts'

/** What all services, features and objectives share, beside Datadog. */
export const linksBeside = (context: DatadogContext, twin: GrafanaTwin): readonly string[] => [
  ...linkTo('The same in Grafana', context.grafanaTwin(twin)),
  ...linkTo('Runbooks', context.runbookPage('all')),
]

/** A dashboard of Datadog; whose it is stands in its only kind of tag. */
export const dashboard = (
  context: DatadogContext,
  {
    description,
    name,
    owner,
    title,
    widgets,
  }: {
    readonly name: string
    readonly title: string
    readonly description: string
    readonly owner?: Owner
    readonly widgets: readonly SizedWidget[]
  },
): DatadogObject => ({
  kind: 'dashboard',
  name,
  title,
  json: {
    title: titleText(title),
    description: plainText(description),
    layout_type: 'ordered',
    reflow_type: 'fixed',
    notify_list: [],
    tags: owner ? [`team:${owner.name}`] : [],
    template_variables: templateVariables(context),
    widgets: placed(widgets),
  },
})
