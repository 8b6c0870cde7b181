/** A log-normal distribution of durations: most are near the median, a few take several times as long. */
export interface Distribution {
  readonly medianSeconds: number
}

const spread = 0.5

export const meanOf = ({ medianSeconds }: Distribution): number =>
  medianSeconds * Math.exp(spread ** 2 / 2)

/** The share that takes at most some seconds. */
export const shareWithin = ({ medianSeconds }: Distribution, seconds: number): number =>
  seconds === Number.POSITIVE_INFINITY ? 1 : normalShare(Math.log(seconds / medianSeconds) / spread)

/** Where all but a few of a thousand are within a bound. */
export const mostlyWithin = (seconds: number): Distribution => ({
  medianSeconds: seconds / Math.exp(2.9 * spread),
})

/** Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17: right to 7 digits. */
const normalShare = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial
  return z > 0 ? 1 - tail : tail
}
