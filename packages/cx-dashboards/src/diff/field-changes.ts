import { saysNothing } from './grafana-defaults.ts'
import { isRecord, stableJson } from './shown-value.ts'

/** A field that two objects do not have alike, by its place in them. */
export interface FieldChange {
  readonly path: readonly string[]
  /** Undefined where that side has nothing there. */
  readonly before: unknown
  readonly after: unknown
}

/** What differs between two values, but for what says nothing. Elements of lists go by their names, where they have any. */
export const fieldChanges = (
  before: unknown,
  after: unknown,
  path: readonly string[] = [],
): FieldChange[] => {
  const name = path.at(-1) ?? ''
  if (before === after) return []
  if (isRecord(before) && isRecord(after)) return inside(entriesOf(before), entriesOf(after), path)
  if (Array.isArray(before) && Array.isArray(after) && !isWhole(path, before, after)) {
    return inside(byName(before), byName(after), path)
  }
  if (stableJson(before) === stableJson(after)) return []
  const oneIsMissing = before === undefined || after === undefined
  if (oneIsMissing && saysNothing(name, before ?? after)) return []
  return saysNothing(name, before) && saysNothing(name, after) && isEmpty(before) && isEmpty(after)
    ? []
    : [{ path, before, after }]
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

type Parts = ReadonlyMap<string, unknown>

const entriesOf = (value: Readonly<Record<string, unknown>>): Parts =>
  new Map(Object.entries(value))

const inside = (before: Parts, after: Parts, path: readonly string[]): FieldChange[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    fieldChanges(before.get(key), after.get(key), [...path, key]),
  )

/** Lists that mean something only as a whole, such as steps of colours. */
const isWhole = (
  path: readonly string[],
  before: readonly unknown[],
  after: readonly unknown[],
): boolean =>
  wholeLists.has(path.at(-1) ?? '') || ![...before, ...after].every((each) => isRecord(each))

const wholeLists = new Set(['mappings', 'steps', 'transformations'])

/** The second of a name is told apart, or one would hide the other. */
const byName = (list: readonly unknown[]): Parts => {
  const parts = new Map<string, unknown>()
  for (const each of list) {
    const name = nameOf(each)
    let free = name
    for (let count = 2; parts.has(free); count++) free = `${name} (${count})`
    parts.set(free, each)
  }
  return parts
}

const nameOf = (value: unknown): string => {
  if (!isRecord(value)) return ''
  const matched = isRecord(value['matcher']) ? value['matcher']['options'] : undefined
  const name = [value['refId'], value['name'], value['title'], value['id'], matched].find(
    (each) => typeof each === 'string' || typeof each === 'number',
  )
  return name === undefined ? '' : String(name)
}
