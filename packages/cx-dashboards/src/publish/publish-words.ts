import { clipped } from '../diff/change.ts'
import { describeDashboard } from '../diff/describe-dashboard.ts'
import { safeText } from '../diff/safe-text.ts'
import type { Step } from '../plan/step.ts'
import type { Outcome } from './publish-steps.ts'

// Of one conflict; `diff` shows the rest.
const mostLines = 8

/** What became of a step: a line, and below it what a person changed. */
export const outcomeLines = ({ message, result, step }: Outcome): readonly string[] => {
  const name = `${step.kind} ${safeText(step.name)}`
  if (result === 'done') return [`${name} ${safeText(message)}`]
  return [`not published ${name}: ${safeText(message)}`, ...personsLines(step)]
}

const personsLines = ({ action, live, published }: Step): readonly string[] => {
  if (action !== 'conflict' || published === undefined) return []
  const changes = describeDashboard(published, live)
  const more = changes.length - mostLines
  return [
    ...changes.slice(0, mostLines).map((change) => `  they changed ${clipped(change)}`),
    ...(more > 0 ? [`  … and ${more} more, which cx-dashboards diff shows`] : []),
  ]
}

/** `2 created, 1 updated, 12 equal; 1 not done: cx-overview` */
export const summaryLine = (outcomes: readonly Outcome[]): string => {
  const done = outcomes.filter(({ result }) => result === 'done')
  const counts = [
    [done.filter(({ step }) => step.action === 'create').length, 'created'],
    [done.filter(({ step }) => step.action === 'update').length, 'updated'],
    [done.filter(({ step }) => step.action === 'delete').length, 'removed'],
    [outcomes.filter(({ step }) => step.action === 'same').length, 'equal'],
    [outcomes.filter(({ step }) => step.action === 'stale').length, 'left without --prune'],
  ] as const
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  const missing = outcomes.filter(isMissing).map(({ step }) => safeText(step.name))
  const sum = told.length === 0 ? 'nothing done' : told.join(', ')
  return missing.length === 0
    ? sum
    : `${sum}; ${missing.length} not done${endOf(outcomes)}: ${missing.join(', ')}`
}

export const isMissing = ({ result }: Outcome): boolean => result === 'failed' || result === 'left'

/** Why some were not even tried. */
const endOf = (outcomes: readonly Outcome[]): string => {
  const left = outcomes.filter(({ result }) => result === 'left')
  const reasons = [...new Set(left.map(({ message }) => message))]
  return reasons.length > 0 ? ` (${reasons.join('; ')})` : ''
}
