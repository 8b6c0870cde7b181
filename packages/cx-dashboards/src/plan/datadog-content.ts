import type { DatadogKind } from '../datadog/datadog-object.ts'
import { fingerprint } from '../grafana/fingerprint.ts'
import { type DatadogMark, readMark, tagsOf, withoutState } from '../publishers/datadog-mark.ts'
import { type JsonRecord, listOf, recordOf } from '../publishers/json-record.ts'
import { canonical } from './same-dashboard.ts'

/** What a person or we decided of an object: without what the server writes down by itself, and what says nothing. */
export const contentOf = (kind: DatadogKind, json: JsonRecord): JsonRecord => {
  const bare = without(withoutState(kind, json), serverOwned[kind])
  const told = {
    ...bare,
    tags: tagsOf(bare)
      .map((tag) => tag.toLowerCase())
      .toSorted(),
  }
  return recordOf(canonical(rules[kind](told)))
}

/** 16 hexadecimal digits that change when somebody decides otherwise. */
export const stateOf = (kind: DatadogKind, json: JsonRecord): string =>
  fingerprint(JSON.stringify(contentOf(kind, json))).slice(0, 16)

/** Whether it is still as we sent it, or as the server made it of that. */
export const isUntouched = (kind: DatadogKind, json: JsonRecord): boolean => {
  const mark = readMark(kind, json)
  return mark?.state !== undefined && stateOf(kind, json) === (mark.kept ?? mark.state)
}

/** As it is to be sent again, where the server made something else of what was sent: then that is our state, and no person's. */
export const keptMark = (
  kind: DatadogKind,
  answered: JsonRecord,
  mark: DatadogMark,
): DatadogMark | undefined => {
  const kept = stateOf(kind, answered)
  return kept === mark.state ? undefined : { ...mark, kept }
}

const words = (text: string): readonly string[] => text.split(/\s+/)

// The docstrings of the API's models say which of these only answers have.
const serverOwned: Readonly<Record<DatadogKind, readonly string[]>> = {
  // The last four are other words for thresholds and sli_specification.
  slo: words(`configured_alert_ids created_at creator id modified_at monitor_tags
    query target_threshold timeframe warning_threshold`),
  monitor: words(`created created_at creator deleted id matching_downtimes modified
    multi org_id overall_state overall_state_modified state`),
  dashboard: words('author_handle author_name created_at id modified_at url'),
}

const rules: Readonly<Record<DatadogKind, (json: JsonRecord) => JsonRecord>> = {
  slo: (json) => ({
    ...json,
    thresholds: listOf(json['thresholds']).map((each) =>
      without(recordOf(each), ['target_display', 'warning_display']),
    ),
  }),
  monitor: (json) => ({
    ...without(json, json['draft_status'] === 'published' ? ['draft_status'] : []),
    // The server calls a simple one so: https://docs.datadoghq.com/monitors/guide/monitor_api_options
    type: json['type'] === 'metric alert' ? 'query alert' : json['type'],
    options: monitorOptions(recordOf(json['options'])),
  }),
  dashboard: (json) => ({
    ...without(json, json['is_read_only'] === false ? ['is_read_only'] : []),
    widgets: withoutIds(json['widgets']),
  }),
}

/** Who mutes one does not change what it says. */
const monitorOptions = (options: JsonRecord): JsonRecord =>
  without(options, ['silenced', ...(options['new_host_delay'] === 300 ? ['new_host_delay'] : [])])

/** Widgets are numbered by the server, in groups too. */
const withoutIds = (widgets: unknown): readonly JsonRecord[] =>
  listOf(widgets).map((each) => {
    const widget = without(recordOf(each), ['id'])
    const definition = recordOf(widget['definition'])
    return 'widgets' in definition
      ? { ...widget, definition: { ...definition, widgets: withoutIds(definition['widgets']) } }
      : widget
  })

const without = (json: JsonRecord, fields: readonly string[]): JsonRecord =>
  Object.fromEntries(Object.entries(json).filter(([field]) => !fields.includes(field)))
