import {
  type DefinedString,
  scrubString,
  type StringScrubbing,
  type Use,
} from './scrub-replay-strings.ts'

/** Of `ChangeType` in the SDK 7.16. */
const change = {
  addNode: 1,
  removeNode: 2,
  attribute: 3,
  text: 4,
  size: 5,
  scroll: 6,
  addSheet: 7,
  attachSheets: 8,
  media: 9,
  viewport: 10,
  addStrings: 11,
  inputValue: 12,
  clearStrings: 14,
}
const kept: ReadonlySet<unknown> = new Set(Object.values(change))

/**
 * The changes of a record with their strings cleaned. Left out: which box was ticked or option chosen (13),
 * pictures of canvases (15), and the notations that SDK 7.16 no longer writes. Nothing where it cannot be read.
 */
export function* scrubChanges(
  data: unknown,
  scrubbing: StringScrubbing,
): Generator<undefined, unknown[] | undefined> {
  if (!Array.isArray(data)) return undefined
  const changes = data.filter((entry: unknown) => Array.isArray(entry) && kept.has(entry[0]))
  if (!changes.every((entry: unknown[]) => entry[0] === change.addStrings || hasNoText(entry)))
    return undefined
  const clean: unknown[] = []
  for (const run of runsOf(changes)) {
    const defined = definitionsIn(run)
    if (!defined) return undefined
    noteUses(run, defined)
    let next = 0
    for (const entry of run) {
      if (entry[0] !== change.addStrings) {
        clean.push(entry)
        continue
      }
      const groups: unknown[] = []
      for (const [role, ...texts] of entry.slice(1) as [number, ...string[]][]) {
        const group: unknown[] = [role]
        for (const _ of texts) group.push(yield* scrubString(defined[next++]!, scrubbing))
        groups.push(group)
      }
      clean.push([change.addStrings, ...groups])
    }
  }
  return clean.length > 0 ? clean : undefined
}

/** All strings are in the table; what else there is are ids, sizes and places. */
const hasNoText = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(hasNoText)
    : value === null || typeof value === 'boolean' || Number.isFinite(value)

/** From one clearing of the table to the next. */
const runsOf = (changes: readonly unknown[][]): unknown[][][] => {
  const runs: unknown[][][] = [[]]
  for (const entry of changes) {
    if (entry[0] === change.clearStrings) runs.push([])
    runs.at(-1)?.push(entry)
  }
  return runs
}

const definitionsIn = (run: readonly unknown[][]): DefinedString[] | undefined => {
  const defined: DefinedString[] = []
  for (const entry of run) {
    if (entry[0] !== change.addStrings) continue
    for (const group of entry.slice(1)) {
      if (!Array.isArray(group) || !Number.isInteger(group[0])) return undefined
      for (const text of group.slice(1)) {
        if (typeof text !== 'string') return undefined
        defined.push({ role: group[0] as number, text, uses: new Set() })
      }
    }
  }
  return defined
}

/** The SDK defines a string in the record that uses it first, so the highest number there is the last defined. */
const noteUses = (run: readonly unknown[][], defined: readonly DefinedString[]): void => {
  const uses = [...usesIn(run)]
  const first = uses.reduce((most, [id]) => Math.max(most, id), -1) + 1 - defined.length
  const stringOf = (id: number): DefinedString | undefined => defined[id - first]
  for (const [id, use] of uses) {
    const name = typeof use === 'number' ? stringOf(use)?.text : undefined
    const where = typeof use === 'number' ? (name === undefined ? 'attribute' : named(name)) : use
    stringOf(id)?.uses.add(where)
  }
}

const named = (name: string): Use => `attribute:${name.toLowerCase()}`

type IdAndUse = readonly [id: number, use: Exclude<Use, 'attribute'> | number]

/** Where numbers of strings stand; a number as the use is that of the attribute's name. */
function* usesIn(run: readonly unknown[][]): Generator<IdAndUse> {
  for (const [type, ...entries] of run as [number, ...unknown[]][])
    for (const entry of entries as unknown[][]) {
      if (type === change.addNode) yield* usesInNode(entry)
      if (type === change.attribute) yield* usesInAttributes(entry.slice(1))
      if (type === change.text || type === change.inputValue) yield [entry[1] as number, 'other']
      if (type === change.addSheet) {
        for (const id of [entry[0]].flat()) yield [id as number, 'sheet']
        for (const id of (entry[1] ?? []) as number[]) yield [id, 'media']
      }
    }
}

function* usesInNode([, name, ...rest]: readonly unknown[]): Generator<IdAndUse> {
  yield [name as number, 'other']
  for (const part of rest) {
    if (Array.isArray(part)) yield* usesInAttributes([part])
    else yield [part as number, 'other']
  }
}

function* usesInAttributes(pairs: readonly unknown[]): Generator<IdAndUse> {
  for (const pair of pairs) {
    const [name, value] = [pair].flat() as number[]
    if (name !== undefined) yield [name, 'other']
    if (name !== undefined && value !== undefined) yield [value, name]
  }
}
