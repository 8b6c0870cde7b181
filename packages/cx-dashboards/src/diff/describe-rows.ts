import type { Change } from './change.ts'
import type { DashboardParts, PlacedPanel } from './dashboard-parts.ts'
import { fieldChanges } from './field-changes.ts'
import { fieldValue, fieldWords } from './field-words.ts'
import { contentOf } from './panel-content.ts'
import { named } from './safe-text.ts'

type Rows = readonly PlacedPanel[]

/** Rows gained, lost, renamed and set up otherwise. */
export const rowChanges = (before: Rows, after: Rows): Change[] => {
  const renamed = renamedRows(before, after)
  const old = before.map(({ title }) => renamed.get(title) ?? title)
  const now = after.map(({ title }) => title)
  const shared = (titles: readonly string[], others: readonly string[]) =>
    titles.filter((title) => others.includes(title)).join('\n')
  return [
    ...[...renamed].map(([was, is]) => ({ what: 'row renamed', before: was, after: is })),
    ...old.filter((title) => !now.includes(title)).map((title) => rowLine(title, 'removed')),
    ...now.filter((title) => !old.includes(title)).map((title) => rowLine(title, 'added')),
    ...(shared(old, now) === shared(now, old) ? [] : [{ what: 'rows in another order' }]),
    ...after.flatMap((row) => {
      const was = before.find(({ title }) => (renamed.get(title) ?? title) === row.title)
      return was ? settingChanges(was, row) : []
    }),
  ]
}

const rowLine = (title: string, what: string): Change => ({ what: `row ${named(title)} ${what}` })

const settingChanges = (was: PlacedPanel, now: PlacedPanel): Change[] =>
  fieldChanges(contentOf(was), contentOf(now)).map(({ after, before, path }) => ({
    what: `row ${named(now.title)}, ${fieldWords(path)}`,
    before: fieldValue(path, before),
    after: fieldValue(path, after),
  }))

/** Rows at the same place under another title, where neither title is elsewhere. */
const renamedRows = (before: Rows, after: Rows): ReadonlyMap<string, string> => {
  const has = (rows: Rows, title: string) => rows.some((row) => row.title === title)
  const pairs = before.flatMap(({ title }, index) => {
    const now = after[index]?.title
    return before.length === after.length &&
      now !== undefined &&
      !has(after, title) &&
      !has(before, now)
      ? [[title, now] as const]
      : []
  })
  return new Map(pairs)
}

/** The panels of a dashboard as if its renamed rows had their new titles. */
export const inRenamedRows = (before: DashboardParts, after: DashboardParts): PlacedPanel[] => {
  const renamed = renamedRows(before.rows, after.rows)
  return before.panels.map((panel) => ({ ...panel, row: renamed.get(panel.row) ?? panel.row }))
}
