import { type DatadogKind, type DatadogObject, withIds } from '../datadog/datadog-object.ts'
import type { Datadog } from '../publishers/datadog-api.ts'
import type { LiveObject } from '../publishers/datadog-lists.ts'
import { readMark } from '../publishers/datadog-mark.ts'
import { type JsonRecord, recordOf } from '../publishers/json-record.ts'
import { conflict, type Obstacle } from './conflict.ts'
import { contentOf, isUntouched, stateOf } from './datadog-content.ts'
import { type DatadogIds, referencesIn, resolved } from './datadog-ids.ts'
import { createOnce, removeUnlessChanged, updateUnlessChanged } from './datadog-writes.ts'
import type { PlanOptions, Step } from './step.ts'

/** What the steps of one plan share. */
export interface Publishing {
  readonly datadog: Datadog
  readonly ids: DatadogIds
  readonly objects: readonly DatadogObject[]
  readonly options: PlanOptions
  readonly set: string
  /** Dashboards that others name, made empty so that they have an id. */
  readonly shells: Map<string, LiveObject>
}

/** A name in the set: `monitor/documents-page`. */
export const placeOf = ({ kind, name }: Pick<DatadogObject, 'kind' | 'name'>): string =>
  `${kind}/${name}`

export const nameOf = (kind: DatadogKind, json: JsonRecord): string =>
  readMark(kind, json)?.name ?? ''

const words = { slo: 'SLO', monitor: 'monitor', dashboard: 'dashboard' } as const

/** What becomes of something that the set has. */
export const objectStep = (
  object: DatadogObject,
  live: LiveObject | undefined,
  publishing: Publishing,
): Step => {
  const { json, kind, name, title } = object
  const step = {
    target: 'Datadog',
    kind: words[kind],
    name,
    title,
    desired: contentOf(kind, json),
  } as const
  if (!live) return { ...step, action: 'create', apply: () => created(object, publishing) }
  const found = { ...step, live: shown(live, publishing) }
  if (isSame(object, live, publishing)) {
    return { ...found, action: 'same', apply: async () => 'the same' }
  }
  return publishing.options.overwrite || isUntouched(kind, live.json)
    ? { ...found, action: 'update', apply: () => updated(object, live, publishing) }
    : { ...found, ...conflict(touched) }
}

const touched: Obstacle = {
  reason: 'somebody changed it in Datadog since it was last published',
  remedy: 'Bring that into the catalog, or write over it with --overwrite.',
}

/** Ours and in the state that it would be sent in, or somebody made it the very same. */
const isSame = (
  { json, kind }: DatadogObject,
  { json: live }: LiveObject,
  { ids }: Publishing,
): boolean => {
  const state = stateOf(kind, withIds(json, ids.idOf))
  return (
    stateOf(kind, live) === state ||
    (isUntouched(kind, live) && readMark(kind, live)?.state === state)
  )
}

/** As it is told in words: with names in place of ids. */
const shown = ({ json, kind }: LiveObject, { ids }: Publishing): JsonRecord => {
  const silenced = recordOf(recordOf(json['options'])['silenced'])
  return {
    ...ids.withReferences(contentOf(kind, json)),
    ...(Object.keys(silenced).length > 0 && { muted: true }),
  }
}

const created = async (object: DatadogObject, publishing: Publishing): Promise<string> => {
  const { datadog, ids, set, shells } = publishing
  const { kind, name } = object
  const json = await withEverythingNamed(object, publishing)
  const shell = shells.get(placeOf(object))
  const draft = { kind, name, set, json }
  const live = shell
    ? await updateUnlessChanged(datadog, shell, draft)
    : await createOnce(datadog, draft)
  ids.set(kind, name, live.id)
  return `created: ${pageOf(live, datadog)}`
}

const updated = async (
  object: DatadogObject,
  over: LiveObject,
  publishing: Publishing,
): Promise<string> => {
  const { datadog, set } = publishing
  const { kind, name } = object
  const json = await withEverythingNamed(object, publishing)
  const live = await updateUnlessChanged(datadog, over, { kind, name, set, json })
  return `updated: ${pageOf(live, datadog)}`
}

/** Dashboards lead to each other: those that are not there yet are made empty before. */
const withEverythingNamed = async (
  object: DatadogObject,
  publishing: Publishing,
): Promise<JsonRecord> => {
  const { datadog, ids, objects, set, shells } = publishing
  for (const { kind, name } of referencesIn(object.json)) {
    const other = objects.find((each) => each.kind === kind && each.name === name)
    if (kind !== 'dashboard' || !other || ids.idOf(kind, name) !== undefined) continue
    const { description, layout_type, reflow_type, title } = other.json
    const json = { title, description, layout_type, reflow_type, widgets: [] }
    const shell = await createOnce(datadog, { kind, name, set, json })
    ids.set(kind, name, shell.id)
    shells.set(placeOf(other), shell)
  }
  return resolved(object, ids)
}

const pageOf = ({ id, kind }: LiveObject, { url }: Datadog): string =>
  url +
  { slo: `/slo?slo_id=${id}`, monitor: `/monitors/${id}`, dashboard: `/dashboard/${id}` }[kind]

/** Of what carries our mark and is in the set no more. */
export const staleStep = (live: LiveObject, publishing: Publishing): Step => {
  const { prune = false } = publishing.options
  const step = liveStep(live, nameOf(live.kind, live.json), publishing)
  const apply = () => removed(live, publishing)
  if (!prune) return { ...step, action: 'stale', apply }
  return isUntouched(live.kind, live.json)
    ? { ...step, action: 'delete', apply }
    : { ...step, ...conflict(kept) }
}

const kept: Obstacle = {
  reason: 'it is no longer in the set, and somebody changed it',
  remedy: 'Remove it in Datadog, or take our tags or the last line of its description away.',
}

/** A copy that somebody made and changed is theirs, not even to be overwritten. */
export const secondStep = (live: LiveObject, publishing: Publishing): Step => {
  const step = liveStep(live, `${nameOf(live.kind, live.json)} (${live.id})`, publishing)
  if (!isUntouched(live.kind, live.json)) return { ...step, ...conflict(copied) }
  return publishing.options.prune
    ? { ...step, action: 'delete', apply: () => removed(live, publishing) }
    : { ...step, ...conflict(twice) }
}

const copied: Obstacle = {
  reason: 'somebody copied one of ours and changed it',
  remedy: 'Remove it, or take our tags or the last line of its description away.',
}

const twice: Obstacle = {
  reason: 'it is there twice',
  remedy: 'Remove the second one with --prune.',
}

const liveStep = (live: LiveObject, name: string, publishing: Publishing) => {
  const { json, kind } = live
  return {
    target: 'Datadog' as const,
    kind: words[kind],
    name,
    live: shown(live, publishing),
    title: String(json['title'] ?? json['name'] ?? name),
  }
}

const removed = async (live: LiveObject, { datadog }: Publishing): Promise<string> => {
  await removeUnlessChanged(datadog, live)
  return 'removed'
}
