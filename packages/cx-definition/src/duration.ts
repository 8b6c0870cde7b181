/** A span of time. Made by a constructor that names its unit, so that no bare number carries a guess. */
export interface Duration {
  readonly seconds: number
}

/** `milliseconds(300)` is 0.3 s. */
export const milliseconds = (count: number): Duration => ({ seconds: count / 1000 })
/** `seconds(2)` is 2 s. */
export const seconds = (count: number): Duration => ({ seconds: count })
/** `minutes(5)` is 300 s. */
export const minutes = (count: number): Duration => ({ seconds: count * 60 })
/** `hours(1)` is 3600 s. */
export const hours = (count: number): Duration => ({ seconds: count * 3600 })
/** `days(30)` is 30 times 24 hours, whatever clocks are changed in between. */
export const days = (count: number): Duration => ({ seconds: count * 86_400 })

const units = [
  [86_400, 'd', 'day'],
  [3600, 'h', 'hour'],
  [60, 'm', 'minute'],
  [1, 's', 'second'],
] as const

const largestWhole = ({ seconds: total }: Duration) =>
  units.find(([size]) => total >= size && total % size === 0)

/** As Prometheus and Grafana write it: `5m`, `30d`, `250ms`. */
export const shortDuration = (duration: Duration): string => {
  const unit = largestWhole(duration)
  return unit
    ? `${duration.seconds / unit[0]}${unit[1]}`
    : `${Math.round(duration.seconds * 1000)}ms`
}

/** In words: `5 minutes`, `1 hour`, `250 ms`. */
export const spokenDuration = (duration: Duration): string => {
  const unit = largestWhole(duration)
  if (!unit) return `${Number((duration.seconds * 1000).toPrecision(6))} ms`
  const count = duration.seconds / unit[0]
  return `${count} ${unit[2]}${count === 1 ? '' : 's'}`
}
