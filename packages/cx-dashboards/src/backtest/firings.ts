/** All in seconds. */
export interface Holds {
  /** How long a condition must hold before its alert fires: `for`. */
  readonly before: number
  /** How long it must not hold before its alert is over: `keep_firing_for`. */
  readonly after: number
}

/** Seconds since 1970. */
export interface Firing {
  /** When the condition began to hold. */
  readonly since: number
  readonly from: number
  /** Absent where it still fires at the end. */
  readonly to?: number
}

/** Evaluations from `start` to `end`, one each `step`. */
export interface Evaluations {
  readonly start: number
  readonly end: number
  readonly step: number
}

/**
 * When an alert fires, told at each evaluation whether its condition holds, as Prometheus decides it
 * (rules/alerting.go, `AlertingRule.Eval`).
 * @param holding the evaluations at which it holds, ascending
 */
export const firingsOf = (
  holding: readonly number[],
  { end, start, step }: Evaluations,
  holds: Holds,
): readonly Firing[] => {
  const firings: Firing[] = []
  let next = 0
  let state: State = { kind: 'inactive' }
  for (let at = start; at <= end; at += step) {
    const isHolding = holding[next] === at
    if (isHolding) next += 1
    const after: State = isHolding ? onTrue(state, at, holds) : onFalse(state, at, holds)
    if (state.kind === 'firing' && after.kind !== 'firing')
      firings.push({ since: state.since, from: state.from, to: at })
    state = after
  }
  return state.kind === 'firing' ? [...firings, { since: state.since, from: state.from }] : firings
}

type State =
  | { readonly kind: 'inactive' }
  | { readonly kind: 'pending'; readonly since: number }
  | {
      readonly kind: 'firing'
      readonly since: number
      readonly from: number
      /** Since when it is only kept. */
      readonly kept?: number
    }

const onTrue = (state: State, at: number, { before }: Holds): State => {
  if (state.kind === 'firing') return { kind: 'firing', since: state.since, from: state.from }
  const since = state.kind === 'pending' ? state.since : at
  return at - since >= before ? { kind: 'firing', since, from: at } : { kind: 'pending', since }
}

const onFalse = (state: State, at: number, { after }: Holds): State => {
  if (state.kind !== 'firing') return { kind: 'inactive' }
  const kept = state.kept ?? at
  return at - kept < after ? { ...state, kept } : { kind: 'inactive' }
}
