import type { AlertIdentity, Firing } from './backtest-data.ts'
import { momentText, spanText } from './time-scale.ts'

/** A firing in words, for its tooltip and for screen readers. */
export const firingText = ({ budget, from, to }: Firing, which: string): string => {
  const when =
    to === undefined
      ? `from ${momentText(from)} UTC, not over at the end`
      : `${momentText(from)} to ${endText(from, to)} UTC, for ${spanText(to - from)}`
  const gone = budget ? `, ${percentText(budget.ratio)} of the budget gone by then` : ''
  return `${which}${when}${gone}`
}

const endText = (from: number, to: number): string => {
  const [start, end] = [momentText(from), momentText(to)]
  const dayLength = start.length - 'HH:mm'.length
  return end.slice(0, dayLength) === start.slice(0, dayLength) ? end.slice(dayLength) : end
}

/** With a space that does not break the line. */
export const percentText = (ratio: number): string =>
  `${Number((ratio * 100).toPrecision(ratio < 1 ? 2 : 3))}\u00A0%`

/** What an alert is about, beside its name. */
export const subjectOf = ({ objective, title }: AlertIdentity): string => objective ?? title

export const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.values(labels).join(', ')
