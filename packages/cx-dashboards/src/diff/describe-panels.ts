import type { Change } from './change.ts'
import type { PlacedPanel } from './dashboard-parts.ts'
import { fieldChanges } from './field-changes.ts'
import { fieldValue, fieldWords } from './field-words.ts'
import { contentOf } from './panel-content.ts'
import { pairPanels } from './pair-panels.ts'
import { named } from './safe-text.ts'
import { isRecord, stableJson } from './shown-value.ts'

/** Panels gained, lost, renamed and changed; where they stand is told in one line. */
export const describePanels = (
  before: readonly PlacedPanel[],
  after: readonly PlacedPanel[],
): Change[] => {
  const { added, gone, pairs } = pairPanels(before, after)
  const name = panelNames([...before, ...after])
  const moved = pairs.filter(([was, now]) => was.row === now.row && !standsAlike(was, now)).length
  return [
    ...gone.map((panel) => ({
      subject: name(panel),
      what: 'panel removed',
      ...queryOf('before', panel),
    })),
    ...added.map((panel) => ({
      subject: name(panel),
      what: 'panel added',
      ...queryOf('after', panel),
    })),
    ...pairs.flatMap(([was, now]) => panelChanges(was, now, name(now))),
    ...(moved === 0
      ? []
      : [
          {
            what: `${moved} ${moved === 1 ? 'panel stands' : 'panels stand'} elsewhere or in another size`,
          },
        ]),
  ]
}

/** A title alone, where it is the only one. */
const panelNames = (panels: readonly PlacedPanel[]): ((panel: PlacedPanel) => string) => {
  const rows = new Map<string, Set<string>>()
  for (const { row, title } of panels) rows.set(title, new Set(rows.get(title)).add(row))
  return ({ row, title, type }) => {
    const own = title === '' ? `a ${type || 'panel'} without a title` : named(title)
    return (rows.get(title)?.size ?? 0) > 1 && row !== '' ? `${own} in ${named(row)}` : own
  }
}

const standsAlike = (was: PlacedPanel, now: PlacedPanel): boolean =>
  stableJson(was.json['gridPos']) === stableJson(now.json['gridPos'])

const queryOf = (side: 'after' | 'before', { json }: PlacedPanel): Partial<Change> => {
  const [first] = Array.isArray(json['targets']) ? json['targets'].filter(isRecord) : []
  return typeof first?.['expr'] === 'string' ? { [side]: first['expr'] } : {}
}

const panelChanges = (was: PlacedPanel, now: PlacedPanel, subject: string): Change[] => [
  ...(was.title === now.title
    ? []
    : [{ subject, what: 'renamed', before: was.title, after: now.title }]),
  ...(was.row === now.row
    ? []
    : [{ subject, what: 'moved to another row', before: was.row, after: now.row }]),
  ...fieldChanges(contentOf(was), contentOf(now)).map(({ after, before, path }) =>
    fieldChange(subject, path, before, after),
  ),
]

const fieldChange = (
  subject: string,
  path: readonly string[],
  before: unknown,
  after: unknown,
): Change => {
  const what = fieldWords(path)
  const isElement = path.length === 2 && (path[0] === 'targets' || path[0] === 'links')
  if (isElement && before === undefined) {
    return { subject, what: `${what} added`, after: fieldValue(path, after) }
  }
  if (isElement && after === undefined) {
    return { subject, what: `${what} removed`, before: fieldValue(path, before) }
  }
  return { subject, what, before: fieldValue(path, before), after: fieldValue(path, after) }
}
