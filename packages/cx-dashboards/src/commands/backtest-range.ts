import type { Range } from '../publishers/prometheus-api.ts'

export interface GivenRange {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly step: string
}

/** @param now in seconds since 1970 @param say told of what was assumed @throws {Error} that names the option and what to give instead */
export const backtestRange = (
  { from, step, to }: GivenRange,
  now: number,
  say: (line: string) => void,
): Range => {
  const range = { start: momentOf('--from', from, say), end: momentOf('--to', to, say) }
  if (range.end <= range.start) {
    throw new Error(`--from ${from} is not before --to ${to}. Swap them, or choose a later --to.`)
  }
  for (const [option, given, at] of [
    ['--from', from, range.start],
    ['--to', to, range.end],
  ] as const) {
    if (at > now)
      throw new Error(
        `${option} ${given} is in the future. Nothing is recorded there; choose a time before now.`,
      )
  }
  return { ...range, step: stepOf(step, range.end - range.start) }
}

const moment =
  /^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d(?::\d\d)?)(?<zone>Z|[+-]\d\d:\d\d)?)?$/

const momentOf = (
  option: string,
  given: string | undefined,
  say: (line: string) => void,
): number => {
  const example = 'Give it such as 2026-11-01 or 2026-11-01T10:00Z.'
  if (given === undefined) throw new Error(`${option} is missing. ${example}`)
  const { day = '', time = '00:00', zone } = moment.exec(given)?.groups ?? {}
  const local = Date.parse(`${day}T${time}Z`)
  const at = Date.parse(`${day}T${time}${zone ?? 'Z'}`)
  // The 30th of February would be taken for the 2nd of March.
  if (Number.isNaN(at) || new Date(local).toISOString().slice(0, 10) !== day)
    throw new Error(`${option} ${JSON.stringify(given)} is no moment in time. ${example}`)
  if (zone === undefined) say(`${option} ${given} has no time zone; taken as ${day} ${time} UTC.`)
  return at / 1000
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
