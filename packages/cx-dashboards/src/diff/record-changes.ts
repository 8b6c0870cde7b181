import { spokenPercent } from 'cx-definition'
import { counted } from '../check/spoken-number.ts'
import type { LiveRule } from '../plan/live-rules.ts'
import { objectiveLabel, recorded } from '../promql/slo-series.ts'
import type { Change } from './change.ts'
import { pairRecords } from './pair-rules.ts'
import { safeText } from './safe-text.ts'
import { stableJson } from './shown-value.ts'

/** Of many series, how many and their names: their expressions are in what JSON shows. */
export const recordChanges = (
  before: readonly LiveRule[],
  after: readonly LiveRule[],
): Change[] => {
  const isRecord = ({ alert }: LiveRule) => alert === undefined
  const { added, gone, pairs } = pairRecords(before.filter(isRecord), after.filter(isRecord))
  const different = pairs.filter(([was, now]) => was.expr.trim() !== now.expr.trim())
  return [
    ...different.flatMap(([was, now]) => promiseChange(was, now) ?? []),
    ...(gone.length > 0 ? [{ what: `${series(gone)} lost`, before: namesOf(gone) }] : []),
    ...(added.length > 0 ? [{ what: `${series(added)} gained`, after: namesOf(added) }] : []),
    ...computedOtherwise(different.filter(([was, now]) => promiseChange(was, now) === undefined)),
    ...relabelled(pairs.filter(([was, now]) => !sameLabels(was.labels, now.labels))),
  ]
}

type Pairs = ReturnType<typeof pairRecords>['pairs']

const computedOtherwise = (pairs: Pairs): Change[] => {
  const [[was, now] = []] = pairs
  if (!was || !now) return []
  const names = namesOf(pairs.map(([, rule]) => rule))
  return [
    {
      what: `${series(pairs)} computed in another way (${names}), such as ${was.record ?? ''}`,
      before: was.expr,
      after: now.expr,
    },
  ]
}

const relabelled = (pairs: Pairs): Change[] => {
  if (pairs.length === 0) return []
  const names = namesOf(pairs.map(([, rule]) => rule))
  const labels = new Set(pairs.flatMap(([was, now]) => differingLabels(was, now)))
  return [{ what: `${series(pairs)} with other ${[...labels].join(', ')} (${names})` }]
}

const differingLabels = (was: LiveRule, now: LiveRule): string[] =>
  Object.keys({ ...was.labels, ...now.labels }).filter(
    (name) => was.labels[name] !== now.labels[name],
  )

const sameLabels = (before: LiveRule['labels'], after: LiveRule['labels']): boolean =>
  stableJson(before) === stableJson(after)

/** What is promised stands in a series of its own. */
const promiseChange = (was: LiveRule, now: LiveRule): Change | undefined => {
  const { record = '' } = now
  const say = Object.hasOwn(promises, record) ? promises[record] : undefined
  const [before, after] = [was, now].map(({ expr }) => /^vector\(([\d.]+)\)$/.exec(expr)?.[1])
  if (!say || before === undefined || after === undefined) return undefined
  const subject = now.labels[objectiveLabel] ?? ''
  return { subject, what: say.what, before: say.value(before), after: say.value(after) }
}

const promises: Readonly<
  Record<string, { readonly what: string; readonly value: (text: string) => string }>
> = {
  [recorded.objective]: {
    what: 'promised',
    value: (text) => spokenPercent({ ratio: Number(text) }),
  },
  [recorded.windowDays]: { what: 'promised over', value: (text) => counted(Number(text), 'day') },
}

const series = (rules: readonly unknown[]): string =>
  counted(rules.length, 'recorded series').replace(/series(es|s)$/, 'series')

const shownNames = 5

const namesOf = (rules: readonly LiveRule[]): string => {
  const names = [...new Set(rules.map(({ record = '' }) => safeText(record)))]
  const more = names.length - shownNames
  return `${names.slice(0, shownNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
