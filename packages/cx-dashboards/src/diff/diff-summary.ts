import type { DiffObject, DiffTarget } from './diff-target.ts'
import { safeText } from './safe-text.ts'

const words: Readonly<Record<DiffObject['action'], string>> = {
  create: 'would be created',
  update: 'would change',
  delete: 'would be removed',
  stale: 'no longer in the set, left without --prune',
  conflict: 'left alone',
  same: 'the same',
}

/** `left alone: it is not from cx-dashboards` */
export const actionWords = ({ action, reason }: Pick<DiffObject, 'action' | 'reason'>): string =>
  reason === undefined ? words[action] : `${words[action]}: ${safeText(reason)}`

/** `2 would change, 1 would be created, 7 the same` */
export const summaryOf = (targets: readonly DiffTarget[]): string => {
  const objects = targets.flatMap((target) => target.objects)
  const counts = (['update', 'create', 'delete', 'stale', 'conflict', 'same'] as const).flatMap(
    (action) => {
      const count = objects.filter((each) => each.action === action).length
      return count === 0 ? [] : [`${count} ${actionWords({ action })}`]
    },
  )
  return counts.length === 0 ? 'nothing to compare' : counts.join(', ')
}

export const isChanged = ({ action }: DiffObject): boolean => action !== 'same'

/** What is compared, by how much there is of it: `6 rule files`. */
export const countedKinds = (objects: readonly DiffObject[]): string => {
  const kinds = [...new Set(objects.map(({ kind }) => kind))]
  return kinds
    .map((kind) => {
      const count = objects.filter((each) => each.kind === kind).length
      return kind === 'routes' ? kind : `${count} ${kind}${count === 1 ? '' : 's'}`
    })
    .join(', ')
}
