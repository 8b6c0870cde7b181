import type { Problem } from './definition-error.ts'
import type { Duration } from './duration.ts'
import type { Objective } from './objective.ts'
import { quote } from './problems.ts'

/** A time that spends no budget and alerts nobody: maintenance ahead, or an incident that was none of the service's. */
export interface Exclusion {
  /** Seconds since 1970, UTC. */
  readonly from: number
  readonly to: number
  /** Every so often from then on, as for a weekly maintenance. */
  readonly every?: Duration
  readonly reason: string
  /** All where none is named. */
  readonly objectives?: readonly Objective[]
}

export interface ExclusionOptions {
  /** ISO 8601 with a time zone, such as `2026-11-22T02:00:00Z`. */
  readonly from: string
  readonly to: string
  readonly every?: Duration
  readonly reason: string
  readonly objectives?: readonly Objective[]
}

/** Excludes a time from the budgets and alerts of all objectives, or of some. */
export const exclusion = ({ from, to, ...rest }: ExclusionOptions): Exclusion => ({
  from: instant(from),
  to: instant(to),
  ...rest,
})

// Without a zone, a time would mean another one on each machine.
const instant = (text: string): number =>
  /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) / 1000 : Number.NaN

/** What an exclusion can be that nobody means. */
export const exclusionProblems = (
  path: string,
  { every, from, objectives, reason, to }: Exclusion,
  known: readonly Objective[],
): Problem[] => {
  const problem = (at: string, message: string, remedy: string): Problem => ({
    code: 'CX_ERR_EXCLUSION',
    path: `${path}${at}`,
    message,
    remedy,
  })
  const found: Problem[] = []
  for (const [name, at] of Object.entries({ from, to })) {
    if (Number.isFinite(at)) continue
    const remedy = 'Write date, time and zone, such as 2026-11-22T02:00:00Z'
    found.push(problem(`.${name}`, 'this is no moment in time', remedy))
  }
  if (to <= from) found.push(problem('.to', 'it ends before it begins', 'Swap the two'))
  if (every && !(every.seconds > to - from)) {
    found.push(problem('.every', 'it begins again before it has ended', 'Leave a time between'))
  }
  if (reason.trim() === '') {
    found.push(problem('.reason', 'nobody will know why', 'Say it in a few words'))
  }
  if (objectives?.length === 0) {
    const remedy = 'Name one, or leave the list out for all of them'
    found.push(problem('.objectives', 'it is of no objective', remedy))
  }
  for (const [index, objective] of (objectives ?? []).entries()) {
    if (known.includes(objective)) continue
    const message = `${quote(objective.name)} is not among the catalog's objectives`
    found.push(problem(`.objectives[${index}]`, message, 'Add it there, or name another'))
  }
  return found
}
