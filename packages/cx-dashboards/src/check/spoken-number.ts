const format = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

/** Three digits, which is more than any estimate here deserves: `7,200`, `0.0072`. */
export const spokenNumber = (value: number): string => format.format(value)

/** `138 %`, of a ratio. */
export const spokenShare = (ratio: number): string => `${spokenNumber(ratio * 100)} %`

/** `1 event`, `7,200 events` */
export const counted = (count: number, noun: string): string =>
  `${spokenNumber(count)} ${noun}${count === 1 ? '' : 's'}`

/** Seconds in words, rounded to what matters: `5 minutes`, `3.2 hours`. */
export const roughly = (seconds: number): string => {
  if (seconds < 90) return counted(Math.max(1, Math.round(seconds)), 'second')
  if (seconds < 5400) return counted(Math.round(seconds / 60), 'minute')
  if (seconds < 172_800) return counted(Number((seconds / 3600).toPrecision(2)), 'hour')
  return counted(Number((seconds / 86_400).toPrecision(2)), 'day')
}
