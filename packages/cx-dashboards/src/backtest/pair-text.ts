import { type FiringPair, isSame } from './compare-firings.ts'
import type { CostlyFiring } from './run-backtest.ts'
import { spokenRange, spokenSpan, spokenTime } from './spoken-time.ts'

/** A firing in one line, and how the other catalog's differs. @param comparing whether there are two catalogs */
export const pairText = (pair: FiringPair<CostlyFiring>, comparing: boolean): string => {
  const { changed, joined, today } = pair
  const text = firingText(today ?? changed)
  if (!comparing) return text
  if (!today || !changed) {
    const [here, there] = today ? ['today', 'changed'] : ['changed', 'today']
    return joined
      ? `${text}; ${here}, ${there} it is part of another firing`
      : `${text}; only ${here}`
  }
  const differs = differenceText(pair)
  if (differs === '') return `${text}; the same`
  return `${text}; changed: ${isSame(pair) ? 'at the same time, ' : ''}${differs}`
}

const firingText = (firing: CostlyFiring | undefined): string => {
  if (!firing) return ''
  const { budget, from, to } = firing
  const when =
    to === undefined
      ? `${spokenTime(from)} UTC, not over at the end`
      : `${spokenRange({ start: from, end: to })}, for ${spokenSpan(to - from)}`
  return budget ? `${when}, ${percentText(budget.ratio)} of the budget gone` : when
}

const percentText = (ratio: number): string =>
  `${Number((ratio * 100).toPrecision(ratio < 1 ? 2 : 3))} %`

const differenceText = ({ changed, later = 0, longer, today }: FiringPair<CostlyFiring>): string =>
  [
    later === 0 ? '' : `${spokenSpan(Math.abs(later))} ${later > 0 ? 'later' : 'earlier'}`,
    longer === undefined || longer === 0
      ? ''
      : `${spokenSpan(Math.abs(longer))} ${longer > 0 ? 'longer' : 'shorter'}`,
    today?.to !== undefined && changed?.to === undefined ? 'not over at the end' : '',
    today?.to === undefined && changed?.to !== undefined
      ? `over at ${spokenTime(changed.to)} UTC`
      : '',
    budgetDifference(today, changed),
  ]
    .filter(Boolean)
    .join(', ')

const budgetDifference = (
  today: CostlyFiring | undefined,
  changed: CostlyFiring | undefined,
): string => {
  if (!changed?.budget) return ''
  const gone = percentText(changed.budget.ratio)
  return today?.budget && percentText(today.budget.ratio) === gone
    ? ''
    : `${gone} of the budget gone`
}
