import type { Range } from '../publishers/prometheus-api.ts'
import { type GivenPeriod, givenPeriod } from './given-period.ts'

export interface GivenRange extends GivenPeriod {
  readonly step: string
}

/** As {@link givenPeriod}, with how often alerts are evaluated. */
export const backtestRange = (
  { step, ...given }: GivenRange,
  now: number,
  say: (line: string) => void,
): Range => {
  const period = givenPeriod(given, now, say)
  return { ...period, step: stepOf(step, period.end - period.start) }
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60 }
const [least, most] = [5, 300]

const stepOf = (given: string, span: number): number => {
  const [, count = '', unit = ''] = /^(\d{1,4})([sm])$/.exec(given) ?? []
  const step = Number(count) * (unitSeconds[unit] ?? Number.NaN)
  if (!(step >= least && step <= most)) {
    throw new Error(
      `--step ${given} is not between 5s and 5m. Alerts look at the last 5 minutes, so that a longer step would miss some.`,
    )
  }
  if (span % step !== 0) {
    throw new Error(
      `--step ${given} does not divide the time from --from to --to. Choose another, such as 1m, or whole minutes for both.`,
    )
  }
  return step
}
