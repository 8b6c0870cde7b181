import type { OwnedError } from './sink.ts'

/** What a sink gets beside itself is the same for all of them. */
export type BudgetedError = Omit<OwnedError, 'tracker' | 'suppressed'>

/** Holds back what repeats, and what one owner has too much of, so that it costs no other owner an event. */
export interface Budget {
  admit(error: BudgetedError): void
  /** Sends what was held back: the last of each kind, with the number of the others. */
  settle(): void
  stop(): void
}

const windowMilliseconds = 60_000
/** Of one owner in a window; what comes on top is told together. */
const mostKinds = 20
const others = ''

interface Kind {
  held: number
  last: BudgetedError | undefined
}

export const createBudget = (send: (error: BudgetedError, suppressed: number) => void): Budget => {
  const teams = new Map<string, Map<string, Kind>>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = (): void => {
    for (const kinds of teams.values())
      for (const kind of kinds.values()) {
        const { held, last } = kind
        kind.held = 0
        kind.last = undefined
        if (last) send(last, held - 1)
      }
  }

  /** What did not come again is forgotten, and makes room. */
  const turn = (): void => {
    timer = undefined
    for (const [team, kinds] of teams) {
      for (const [kind, { held }] of kinds) if (held === 0) kinds.delete(kind)
      if (kinds.size === 0) teams.delete(team)
    }
    settle()
    if (teams.size > 0) wait()
  }
  const wait = (): void => {
    timer ??= setTimeout(turn, windowMilliseconds)
  }

  return {
    admit(error) {
      wait()
      const { fingerprint, team } = error
      const kinds = teams.get(team) ?? new Map<string, Kind>()
      teams.set(team, kinds)
      let kind = kinds.get(fingerprint)
      if (!kind && kinds.size < mostKinds) {
        kinds.set(fingerprint, { held: 0, last: undefined })
        send(error, 0)
        return
      }
      kind ??= kinds.get(others)
      if (!kind) kinds.set(others, (kind = { held: 0, last: undefined }))
      kind.held += 1
      kind.last = error
    },
    settle,
    stop: () => clearTimeout(timer),
  }
}
