import { dateTimeFormat } from '@grafana/data'

/** Seconds since 1970. */
export interface TimeSpan {
  readonly start: number
  readonly end: number
}

/** Where a moment is drawn, in percent of the width. */
export const percentAt = ({ end, start }: TimeSpan, at: number): number =>
  (Math.min(Math.max(at, start), end) - start) / ((end - start) / 100)

export interface Tick {
  readonly at: number
  readonly text: string
}

const [hour, day] = [3600, 86_400]
const steps = [
  30,
  60,
  120,
  300,
  900,
  1800,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  28 * day,
]

/** Round moments in UTC, so many at most; told in a time zone. */
export const ticksOf = ({ end, start }: TimeSpan, most: number, timeZone = 'utc'): Tick[] => {
  const step = steps.find((each) => (end - start) / each <= most) ?? (end - start) / most
  const first = Math.ceil(start / step) * step
  const count = Math.floor((end - first) / step) + 1
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * step
    return { at, text: tickText(at, timeZone) }
  })
}

const tickText = (at: number, timeZone: string): string =>
  at % day === 0 ? formatted(at, 'ddd D MMM', timeZone) : formatted(at, 'HH:mm', timeZone)

/** `Tue 3 Nov 10:07`, in UTC. */
export const momentText = (at: number): string => formatted(at, 'ddd D MMM HH:mm')

const formatted = (at: number, format: string, timeZone = 'utc'): string =>
  dateTimeFormat(at * 1000, { format, timeZone })

const units = [
  [day, 'd'],
  [hour, 'h'],
  [60, 'min'],
  [1, 's'],
] as const

/** The two largest units: `1 h 35 min`. */
export const spanText = (seconds: number): string => {
  let rest = seconds
  const parts = units.flatMap(([size, unit]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count > 0 ? [`${count} ${unit}`] : []
  })
  return parts.slice(0, 2).join(' ')
}
