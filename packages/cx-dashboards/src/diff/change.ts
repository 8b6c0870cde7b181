import { safeText } from './safe-text.ts'

/** One thing that would be another, in plain words. */
export interface Change {
  /** What it is about, such as a panel's or an alert's name; left out where it is about the whole. */
  readonly subject?: string
  readonly what: string
  /** The old and the new text, whole. Where one of them is left out, there is none. */
  readonly before?: string
  readonly after?: string
  /** More of it, that only JSON tells. */
  readonly whole?: string
  /** Seen by those who read the alert, and nothing that changes when it is told: counted rather than shown. */
  readonly isText?: true
}

/** Changes of texts alone in one line, after the others. */
export const textsCounted = (changes: readonly Change[]): readonly Change[] => {
  const texts = changes.filter(({ isText }) => isText)
  if (texts.length < 2) return changes
  const names = [...new Set(texts.map(({ what }) => what))]
  const counts = names.map(
    (name) => `${name} (${texts.filter(({ what }) => what === name).length})`,
  )
  return [...changes.filter(({ isText }) => !isText), { what: `texts: ${counts.join(', ')}` }]
}

/** `"Availability": query A: … outcome!="server_error" … → … outcome="success" …` */
export const changeText = ({ subject, ...change }: Change): string =>
  subject === undefined ? changeWords(change) : `${safeText(subject)}: ${changeWords(change)}`

/** The same, without what it is about. */
export const changeWords = ({ after, before, what }: Omit<Change, 'subject'>): string => {
  if (before !== undefined && after !== undefined) {
    const [from, to] = whereTheyDiffer(safeText(before), safeText(after))
    return `${safeText(what)}: ${from} → ${to}`
  }
  const only = before ?? after
  return only === undefined ? safeText(what) : `${safeText(what)}: ${clipped(safeText(only))}`
}

const longest = 100
const around = 24

/** Long texts are cut to where they differ, with a little of what is around it. */
const whereTheyDiffer = (before: string, after: string): [string, string] => {
  if (before === after) return [`${clipped(before)} (blanks or unseen characters)`, clipped(after)]
  if (before.length <= longest && after.length <= longest) return [before, after]
  return wordsThatDiffer(before, after) ?? stretchThatDiffers(before, after)
}

/** Of texts with a few words replaced far apart, those words alone. */
const wordsThatDiffer = (before: string, after: string): [string, string] | undefined => {
  const [was, now] = [before.split(' '), after.split(' ')]
  if (was.length !== now.length) return undefined
  const places = was.flatMap((word, index) => (word === now[index] ? [] : [index]))
  const isOneStretch = (places.at(-1) ?? 0) - (places[0] ?? 0) < 4
  if (isOneStretch || places.length > 4) return undefined
  const words = (of: readonly string[]) =>
    `… ${places.map((place) => clipped(of[place] ?? '', 40)).join(' … ')} …`
  return [words(was), words(now)]
}

const stretchThatDiffers = (before: string, after: string): [string, string] => {
  const least = Math.min(before.length, after.length)
  let start = 0
  while (start < least && before[start] === after[start]) start++
  let end = 0
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return [part(before, start, end), part(after, start, end)]
}

const part = (text: string, start: number, end: number): string => {
  const from = Math.max(0, start - around)
  const to = Math.min(text.length, text.length - end + around)
  const inner = clipped(text.slice(from, to).toWellFormed())
  return `${from > 0 ? '… ' : ''}${inner}${to < text.length ? ' …' : ''}`
}

export const clipped = (text: string, most = 200): string =>
  text.length <= most
    ? text
    : `${text.slice(0, most).toWellFormed()} … (${text.length - most} more characters)`
