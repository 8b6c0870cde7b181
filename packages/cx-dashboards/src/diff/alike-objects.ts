import type { DiffObject } from './diff-target.ts'
import { clipped } from './change.ts'
import { safeText } from './safe-text.ts'

/** An object, and others of its kind to which the same would happen: a panel may stand on many dashboards. */
export interface AlikeObjects extends DiffObject {
  readonly others: readonly string[]
}

/** In the order of the first of each. What comes or goes is told of each. */
export const alikeTogether = (objects: readonly DiffObject[]): readonly AlikeObjects[] => {
  const groups = new Map<string, AlikeObjects & { readonly others: string[] }>()
  for (const object of objects) {
    const { action, changes, kind, name, persons, reason } = object
    const key = JSON.stringify(
      changes.length > 0 ? [action, reason, kind, changes, persons] : [kind, name],
    )
    const first = groups.get(key)
    if (first) first.others.push(name)
    else groups.set(key, { ...object, others: [] })
  }
  return [...groups.values()]
}

const mostNames = 3

/** `, b, c and 4 more` */
export const othersText = (others: readonly string[]): string => {
  const shown = others.slice(0, mostNames).map((name) => `, ${clipped(safeText(name), 60)}`)
  const more = others.length - mostNames
  return `${shown.join('')}${more > 0 ? ` and ${more} more` : ''}`
}
