import { plain, table } from '../runbooks/markdown.ts'
import { changeText, clipped, textsCounted } from './change.ts'
import { type AlikeObjects, alikeTogether, othersText } from './alike-objects.ts'
import { actionWords, isChanged, summaryOf } from './diff-summary.ts'
import type { DiffObject, DiffTarget } from './diff-target.ts'
import { safeText } from './safe-text.ts'

// GitHub takes 65,536 characters in a comment, and counts them in its own way.
const mostLetters = 60_000
const mostLines = 40

/** By which a comment of an earlier run is found again. */
const commentMark = '<!-- cx-dashboards diff -->'

/** For a pull request's comment: the same text for the same change, whenever it is made. */
export const markdownReport = (targets: readonly DiffTarget[]): string => {
  const begin = [commentMark, `**Customer experience:** ${summaryOf(targets)}.`]
  return cut([...begin, ...targets.flatMap(targetParts)])
}

/** Whole parts only, as many as fit. */
const cut = (parts: readonly string[]): string => {
  let text = ''
  for (const [index, part] of parts.entries()) {
    if (text.length + part.length > mostLetters) {
      return `${text}… and ${parts.length - index} more parts, which \`cx-dashboards diff --json\` tells.\n`
    }
    text += `${part}\n\n`
  }
  return `${text.trimEnd()}\n`
}

const targetParts = ({ notes, objects, target }: DiffTarget): string[] => {
  const changed = objects.filter(isChanged)
  if (changed.length === 0) return [`### ${words(target)}`, `All ${objects.length} the same.`]
  const same = objects.length - changed.length
  return [
    `### ${words(target)}`,
    overview(changed.slice(0, mostLines)) + moreOf(changed.length),
    ...alikeTogether(changed).flatMap(detailsOf),
    ...(notes.length > 0 ? [bullets(notes.map(changeText))] : []),
    ...(same > 0 ? [`${same} more are the same.`] : []),
  ]
}

const moreOf = (count: number): string =>
  count > mostLines ? `\n\n… and ${count - mostLines} more.` : ''

const overview = (objects: readonly DiffObject[]): string =>
  table(
    ['What', 'Name', '', 'Changes'],
    objects.map((object) => [
      object.kind,
      words(clipped(safeText(object.name), 120)),
      words(actionWords(object)),
      String(object.changes.length),
    ]),
  )

const detailsOf = ({ changes, name, others, persons = [] }: AlikeObjects): string[] => {
  if (changes.length === 0 && persons.length === 0) return []
  return [
    [
      `<details><summary>${inHtml(clipped(safeText(name), 120) + othersText(others))}</summary>`,
      ...(persons.length > 0
        ? ['A person changed:', bullets(persons.map(changeText)), 'Publishing would change:']
        : []),
      bullets(textsCounted(changes).map(changeText)),
      '</details>',
    ].join('\n\n'),
  ]
}

const bullets = (lines: readonly string[]): string => {
  const shown = lines.slice(0, mostLines).map((line) => `- ${words(clipped(line, 600))}`)
  const more = lines.length - mostLines
  return [...shown, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}

/** Text that stands for itself, and that calls nobody: a title may hold `@somebody`. */
const words = (text: string): string => plain(safeText(text)).replaceAll('@', '@\u200B')

const inHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '@\u200B')
