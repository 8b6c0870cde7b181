import { type Duration, spokenDuration, spokenPercent } from 'cx-definition'

/** `259,000`: three digits are enough for a page that people read. */
export const roundNumber = (value: number): string => threeDigits.format(value)

// Making one takes longer than all that it is used for on a page.
const threeDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** A ratio in percent, to three digits. */
export const spokenRatio = (ratio: number): string =>
  spokenPercent({ ratio: Number(ratio.toPrecision(3)) })

/** `the last hour`, `the last 5 minutes` */
export const lastSpan = (span: Duration): string =>
  `the last ${spokenDuration(span).replace(/^1 /, '')}`

/** Seconds as `9 minutes`, `5.3 hours`, or `never` where there are none. */
export const spokenDelay = (seconds: number | undefined): string => {
  if (seconds === undefined) return 'never'
  const minutes = Math.ceil(seconds / 60)
  if (minutes === 1) return '1 minute'
  if (minutes < 120) return `${minutes} minutes`
  const hours = minutes / 60
  return hours < 48
    ? `${Number(hours.toFixed(1))} hours`
    : `${Number((hours / 24).toFixed(1))} days`
}
