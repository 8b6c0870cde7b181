import type { Feature, Objective, Owner, Severity } from 'cx-definition'
import { type DatadogContext, handlesOf, markTags } from './datadog-context.ts'
import type { DatadogObject } from './datadog-object.ts'
import { tagValue } from './metric-query.ts'
import { plainText } from './plain-text.ts'

interface MonitorDraft {
  /** In the set. */
  readonly name: string
  /** In the catalog's words, as free as they are. */
  readonly title: string
  readonly owner: Owner
  readonly feature?: Feature
  /** The one that it is about, where it is about one. */
  readonly service?: string
  readonly type: 'composite' | 'error-tracking alert' | 'query alert' | 'rum alert' | 'slo alert'
  readonly query: string
  readonly options: { readonly [option: string]: unknown }
}

interface ToldMonitor extends MonitorDraft {
  readonly severity: Severity
  /** What it says, without whom it tells. */
  readonly message: string
}

// As Datadog's levels go, 1 wakes somebody and 4 waits.
const priorities: Readonly<Record<Severity, number>> = { page: 1, ticket: 4 }

/** One that tells its owner, or nobody while the set's monitors shadow what does. */
export const monitor = (context: DatadogContext, draft: ToldMonitor): DatadogObject => {
  const { message, owner, severity } = draft
  const handles = handlesOf(owner, severity, context.monitors)
  return drafted(context, draft, {
    message: [over, message, handles.join(' ')].filter((each) => each !== '').join('\n\n'),
    priority: priorities[severity],
    tags: [`severity:${severity}`],
  })
}

// Whoever was told is told the same when it recovers.
const over = '{{#is_recovery}}This is over:{{/is_recovery}}'

/** One that tells nobody: composite monitors read it. */
export const part = (context: DatadogContext, draft: MonitorDraft): DatadogObject =>
  drafted(context, draft, {
    message: 'A part of a composite monitor; it tells nobody by itself.',
    priority: null,
    tags: ['cx_role:part'],
  })

const drafted = (
  context: DatadogContext,
  { feature, name, options, owner, query, service, title, type }: MonitorDraft,
  told: { readonly message: string; readonly priority: number | null; readonly tags: string[] },
): DatadogObject => {
  const { environment, mode } = context.monitors
  const json = {
    type,
    name: plainText(title),
    query,
    message: told.message,
    priority: told.priority,
    tags: [
      ...markTags(context, name),
      `cx_mode:${mode}`,
      `team:${owner.name}`,
      ...(feature ? [`feature:${feature.name}`] : []),
      ...(service === undefined ? [] : [`service:${tagValue(service)}`]),
      `env:${tagValue(environment)}`,
      ...told.tags,
    ],
    // What the server would choose by itself is said, so that what it keeps is what was sent.
    options: { include_tags: false, notify_audit: false, ...withoutData(type), ...options },
  }
  return { kind: 'monitor', name, title, json }
}

/**
 * Without events nothing is wrong, and a composite monitor, which counts `No Data` as an alert, reads it so. Composite monitors and those of SLOs
 * know only the older option, which the others may not have beside the newer one (https://docs.datadoghq.com/monitors/guide/on_missing_data).
 */
const withoutData = (type: MonitorDraft['type']) =>
  type === 'composite' || type === 'slo alert'
    ? { notify_no_data: false }
    : { on_missing_data: 'resolve' }

export const ofObjective = ({ feature }: Objective): Pick<MonitorDraft, 'feature' | 'owner'> => ({
  feature,
  owner: feature.owner,
})
