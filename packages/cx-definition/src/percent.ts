/** A share, kept as a ratio between 0 and 1. */
export interface Percent {
  readonly ratio: number
}

/** `percent(99.9)` is the ratio 0.999; rounded to 12 digits, since 99.9 / 100 is not 0.999 in binary. */
export const percent = (value: number): Percent => ({
  ratio: Number((value / 100).toPrecision(12)),
})

/** `99.9 %`, with no digit that was not declared. */
export const spokenPercent = ({ ratio }: Percent): string =>
  `${Number((ratio * 100).toPrecision(10))} %`
