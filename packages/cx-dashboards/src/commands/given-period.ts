import { momentIn } from '../backtest/moment.ts'
import { spokenTime } from '../backtest/spoken-time.ts'

export interface GivenPeriod {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Seconds since 1970. */
export interface Period {
  readonly start: number
  readonly end: number
}

/** @param now in seconds since 1970 @param say told of what was assumed @throws {Error} that names the option and what to give instead */
export const givenPeriod = (
  { from, to }: GivenPeriod,
  now: number,
  say: (line: string) => void,
): Period => {
  const period = { start: momentOf('--from', from, say), end: momentOf('--to', to, say) }
  if (period.end <= period.start) {
    throw new Error(`--from ${from} is not before --to ${to}. Swap them, or choose a later --to.`)
  }
  for (const [option, given, at] of [
    ['--from', from, period.start],
    ['--to', to, period.end],
  ] as const) {
    if (at > now)
      throw new Error(
        `${option} ${given} is in the future. Nothing is recorded there; choose a time before now.`,
      )
  }
  return period
}

const momentOf = (
  option: string,
  given: string | undefined,
  say: (line: string) => void,
): number => {
  const example = 'Give it such as 2026-11-01 or 2026-11-01T10:00Z.'
  if (given === undefined) throw new Error(`${option} is missing. ${example}`)
  const moment = momentIn(given)
  if (!moment)
    throw new Error(`${option} ${JSON.stringify(given)} is no moment in time. ${example}`)
  if (!moment.hasZone)
    say(`${option} ${given} has no time zone; taken as ${spokenTime(moment.at)} UTC.`)
  return moment.at
}
