import { type Change, changeText, changeWords, clipped, textsCounted } from './change.ts'
import { actionWords, countedKinds, isChanged, summaryOf } from './diff-summary.ts'
import { type AlikeObjects, alikeTogether, othersText } from './alike-objects.ts'
import type { DiffObject, DiffTarget } from './diff-target.ts'
import { safeText } from './safe-text.ts'

/** Of one object; what is left out is counted. */
const mostLines = 16
/** Of one target. */
const mostObjects = 60
const mostLetters = 600

const marks: Readonly<Record<DiffObject['action'], string>> = {
  create: '+',
  update: '~',
  delete: '-',
  stale: '!',
  conflict: '!',
  same: '=',
}

/** For a terminal: nothing in it is longer than somebody reads. */
export const textReport = (targets: readonly DiffTarget[]): string =>
  [...targets.map(targetText), `${capitalized(summaryOf(targets))}.`].join('\n\n')

const targetText = ({ notes, objects, target }: DiffTarget): string => {
  const changed = alikeTogether(objects.filter(isChanged))
  const same = objects.filter((object) => !isChanged(object))
  const shown = changed.slice(0, mostObjects)
  return [
    safeText(target),
    ...shown.flatMap(objectLines),
    ...(changed.length > shown.length
      ? [`  … and ${changed.length - shown.length} more (--json tells them all)`]
      : []),
    ...(same.length > 0 ? [`  = ${countedKinds(same)} the same`] : []),
    ...(changed.length > 0 ? notes.map((note) => `  ${changeText(note)}`) : []),
  ].join('\n')
}

const objectLines = (object: AlikeObjects): string[] => {
  const { action, changes, kind, name, others, persons = [], title } = object
  const known = name.includes(title) ? '' : ` “${clipped(safeText(title), 80)}”`
  return [
    `  ${marks[action]} ${kind} ${clipped(safeText(name), 120)}${known}${othersText(others)} ${actionWords(object)}`,
    ...(persons.length > 0
      ? ['      A person changed:', ...changeLines(persons), '      Publishing would change:']
      : []),
    ...changeLines(changes),
    ...(action === 'update' && changes.length === 0 ? ['      nothing that is seen'] : []),
  ]
}

/** What is said of one subject stands together under it. */
const changeLines = (all: readonly Change[]): string[] => {
  const changes = textsCounted(all)
  const lines: string[] = []
  let last: string | undefined
  for (const { subject, ...change } of changes.slice(0, mostLines)) {
    if (subject !== undefined && subject !== last)
      lines.push(`      ${clipped(safeText(subject), 160)}`)
    const indent = subject === undefined ? '      ' : '        '
    lines.push(`${indent}${clipped(changeWords(change), mostLetters)}`)
    last = subject
  }
  const more = changes.length - mostLines
  return more > 0 ? [...lines, `      … and ${more} more (--json tells them all)`] : lines
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
