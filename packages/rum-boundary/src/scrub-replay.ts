import {
  flag,
  type Kind,
  listOf,
  number,
  oneOf,
  rebuild,
  type Shape,
  url,
  uuid,
} from './rum-event-shape.ts'
import { scrubSheet } from './scrub-css.ts'
import { scrubChanges } from './scrub-replay-changes.ts'
import type { StringScrubbing } from './scrub-replay-strings.ts'

/** Says what was left out of a replay, for a counter. */
export type Dropped = (what: string) => void

export interface CleanSegment {
  readonly metadata: Readonly<Record<string, unknown>>
  readonly records: readonly object[]
}

/**
 * A segment of a replay, rebuilt record by record from the kinds that SDK 7.16 writes. Yields between its
 * parts, since a page's first one may take long.
 */
export function* scrubSegment(
  segment: unknown,
  scrubbing: StringScrubbing,
  dropped: Dropped,
): Generator<undefined, CleanSegment | undefined> {
  const metadata = rebuild(metadataShape, segment, scrubbing.statics)
  const given: unknown = (segment as { readonly records?: unknown } | null)?.records
  if (!metadata || !Array.isArray(given)) {
    dropped('segment')
    return undefined
  }
  const records: object[] = []
  for (const record of given) {
    try {
      const clean = yield* scrubRecord(record, scrubbing)
      if (clean) records.push(clean)
      else dropped('record')
    } catch {
      // Not as the SDK writes it.
      dropped('record')
    }
    yield
  }
  return records.length > 0
    ? { metadata: { ...metadata, records_count: records.length }, records }
    : undefined
}

const metadataShape: Shape = {
  application: { id: uuid },
  session: { id: uuid },
  view: { id: uuid },
  start: number,
  end: number,
  creation_reason: oneOf(
    'init',
    'segment_duration_limit',
    'segment_bytes_limit',
    'view_change',
    'before_unload',
    'visibility_hidden',
    'page_frozen',
  ),
  has_full_snapshot: flag,
  index_in_view: number,
  source: oneOf('browser'),
}

/** Of `RecordType` in the SDK. */
const record = {
  snapshot: 2,
  increment: 3,
  meta: 4,
  focus: 6,
  end: 7,
  viewport: 8,
  frustration: 9,
  change: 12,
}

const plainRecords: Readonly<Record<number, Shape>> = {
  [record.meta]: { data: { width: number, height: number, href: url } },
  [record.focus]: { data: { has_focus: flag } },
  [record.end]: {},
  [record.viewport]: {
    data: Object.fromEntries(
      ['height', 'width', 'offsetLeft', 'offsetTop', 'pageLeft', 'pageTop', 'scale'].map(
        (name): [string, Kind] => [name, number],
      ),
    ),
  },
  [record.frustration]: {
    data: {
      frustrationTypes: listOf(oneOf('rage_click', 'error_click', 'dead_click')),
      recordIds: listOf(number, 1000),
    },
  },
}

/** Of `IncrementalSource`: moves, clicks, scrolls, sizes and players; 0 and 5 are not written any more. */
const plainIncrements: ReadonlySet<unknown> = new Set([1, 2, 3, 4, 6, 7])
const styleRule = 8

const increment: Shape = {
  source: number,
  id: number,
  type: number,
  x: number,
  y: number,
  width: number,
  height: number,
  positions: listOf({ x: number, y: number, id: number, timeOffset: number }, 10_000),
}

function* scrubRecord(
  value: unknown,
  scrubbing: StringScrubbing,
): Generator<undefined, object | undefined> {
  if (typeof value !== 'object' || value === null) return undefined
  const { data, format, type } = value as Readonly<Record<string, unknown>>
  const { statics } = scrubbing
  const shape: Shape = { type: number, timestamp: number, id: number }
  if (type === record.change || (type === record.snapshot && format === 1)) {
    const changes = yield* scrubChanges(data, scrubbing)
    if (!changes) return undefined
    const base = rebuild({ ...shape, format: oneOf(1) }, value, statics)
    return { ...base, data: changes }
  }
  if (type === record.increment) {
    const source: unknown = (data as { readonly source?: unknown } | undefined)?.source
    if (plainIncrements.has(source)) return rebuild({ ...shape, data: increment }, value, statics)
    if (source !== styleRule) return undefined
    const rules = yield* scrubRules(data as RuleChanges, scrubbing)
    return { ...rebuild(shape, value, statics), data: rules }
  }
  const plain = typeof type === 'number' ? plainRecords[type] : undefined
  return plain && rebuild({ ...shape, ...plain }, value, statics)
}

interface RuleChanges {
  readonly id?: unknown
  readonly adds?: unknown
  readonly removes?: unknown
}

const index: Kind = (value, statics) =>
  Array.isArray(value) ? listOf(number)(value, statics) : number(value, statics)

function* scrubRules(
  changes: RuleChanges,
  { statics }: StringScrubbing,
): Generator<undefined, object> {
  const adds: object[] = []
  for (const add of Array.isArray(changes.adds) ? changes.adds : []) {
    const { css } = yield* scrubSheet(String((add as { rule?: unknown } | null)?.rule), statics)
    adds.push({ ...rebuild({ index }, add, statics), rule: css })
  }
  return {
    source: styleRule,
    ...rebuild({ id: number, removes: listOf({ index }) }, changes, statics),
    ...(adds.length > 0 && { adds }),
  }
}
