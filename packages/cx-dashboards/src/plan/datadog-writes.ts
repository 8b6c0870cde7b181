import type { DatadogKind } from '../datadog/datadog-object.ts'
import { type Datadog, mayBeDone } from '../publishers/datadog-api.ts'
import { DatadogError } from '../publishers/datadog-error.ts'
import type { LiveObject } from '../publishers/datadog-lists.ts'
import { type DatadogMark, readMark, withMark } from '../publishers/datadog-mark.ts'
import { type JsonRecord, recordOf } from '../publishers/json-record.ts'
import { confirming } from '../publishers/retry.ts'
import { keptMark, stateOf } from './datadog-content.ts'
import { inParallel } from './in-parallel.ts'

/** All of a set, each whole. @param titles of what the set would publish */
export const readSet = async (
  datadog: Datadog,
  kind: DatadogKind,
  set: string,
  titles: readonly unknown[],
): Promise<readonly LiveObject[]> => {
  if (kind === 'slo') return datadog.slos(set)
  if (kind === 'monitor') return datadog.monitors(set)
  const ids = await datadog.dashboards(set, new Set(titles))
  const found = await inParallel(ids, (id) => datadog.read('dashboard', id))
  return found.flatMap((live) =>
    live && readMark('dashboard', live.json)?.set === set ? [live] : [],
  )
}

interface Draft {
  readonly kind: DatadogKind
  readonly name: string
  /** Of the set, as a tag has it. */
  readonly set: string
  /** With ids where references were. */
  readonly json: JsonRecord
}

/** Makes it, once: where the answer is lost, it is looked for by its mark before it is made again. */
export const createOnce = async (datadog: Datadog, draft: Draft): Promise<LiveObject> => {
  const { kind, name, set } = draft
  const mark = markOf(draft)
  const json = withMark(kind, draft.json, mark)
  if (kind === 'monitor') await datadog.validateMonitor(json)
  const made = await confirming(
    () => datadog.create(kind, json),
    async () => {
      const all = await readSet(datadog, kind, set, [json['title']])
      return all.find((live) => {
        const its = readMark(kind, live.json)
        return its?.name === name && its.state === mark.state
      })
    },
    mayBeDone,
    datadog.retry,
  )
  return settled(datadog, made, json, mark)
}

/** Puts ours in the place of what was read, unless somebody changed that meanwhile. */
export const updateUnlessChanged = async (
  datadog: Datadog,
  over: LiveObject,
  draft: Draft,
): Promise<LiveObject> => {
  const { kind } = draft
  const mark = markOf(draft)
  const json = withMark(kind, keepingMutes(kind, draft.json, over.json), mark)
  if (kind === 'monitor') await datadog.validateMonitor(json, over.id)
  await expectUnchanged(datadog, over)
  const saved = await confirming(
    () => datadog.update(kind, over.id, json),
    async () => {
      const live = await datadog.read(kind, over.id)
      if (live && isAlike(live, { kind, json })) return live
      if (live && isAlike(live, over)) return undefined
      // The server may have added to ours.
      if (live && readMark(kind, live.json)?.state === mark.state) return live
      throw changedMeanwhile(over)
    },
    mayBeDone,
    datadog.retry,
  )
  return settled(datadog, saved, json, mark)
}

/** Removes what was read, unless somebody changed that meanwhile or something refers to it. */
export const removeUnlessChanged = async (datadog: Datadog, live: LiveObject): Promise<void> => {
  await expectUnchanged(datadog, live, 'or gone')
  await confirming(
    async () => {
      await datadog.remove(live.kind, live.id)
      return true
    },
    async () => ((await datadog.read(live.kind, live.id)) ? undefined : true),
    mayBeDone,
    datadog.retry,
  )
}

const markOf = ({ json, kind, name, set }: Draft): DatadogMark => ({
  set,
  name,
  state: stateOf(kind, json),
})

/** What the server adds to what was sent is written down as ours, or it would look like a person's change. */
const settled = async (
  datadog: Datadog,
  answered: LiveObject,
  json: JsonRecord,
  mark: DatadogMark,
): Promise<LiveObject> => {
  const { id, kind } = answered
  const kept = keptMark(kind, answered.json, mark)
  if (!kept) return answered
  return confirming(
    () => datadog.update(kind, id, withMark(kind, json, kept)),
    async () => {
      const live = await datadog.read(kind, id)
      if (live && readMark(kind, live.json)?.kept === kept.kept) return live
      if (live && isAlike(live, answered)) return undefined
      throw changedMeanwhile(answered)
    },
    mayBeDone,
    datadog.retry,
  )
}

/** The older kind of mute is a field of the monitor, and a person's. */
const keepingMutes = (kind: DatadogKind, json: JsonRecord, live: JsonRecord): JsonRecord => {
  const silenced = recordOf(recordOf(live['options'])['silenced'])
  return kind === 'monitor' && Object.keys(silenced).length > 0
    ? { ...json, options: { ...recordOf(json['options']), silenced } }
    : json
}

// The API takes no version with a write, so it is looked at just before.
const expectUnchanged = async (datadog: Datadog, live: LiveObject, orGone = ''): Promise<void> => {
  const now = await datadog.read(live.kind, live.id)
  if (now ? isAlike(now, live) : orGone !== '') return
  throw changedMeanwhile(live)
}

const isAlike = (
  a: Pick<LiveObject, 'json' | 'kind'>,
  b: Pick<LiveObject, 'json' | 'kind'>,
): boolean =>
  stateOf(a.kind, a.json) === stateOf(b.kind, b.json) &&
  JSON.stringify(readMark(a.kind, a.json)) === JSON.stringify(readMark(b.kind, b.json))

const changedMeanwhile = ({ id }: LiveObject): DatadogError =>
  new DatadogError(
    `somebody changed or removed ${id} at the same time. It was left as they made it; publish again to see their change.`,
    'changed',
  )
