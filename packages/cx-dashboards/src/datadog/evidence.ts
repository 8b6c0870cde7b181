import { confidence } from 'cx-definition'

/**
 * Whether failures speak for a burn beyond chance, in arithmetic alone, which is what a monitor surely has. Byar's lower limit (`leastExpected`)
 * of `bad` failures is about `bad + slack - z * sqrt(bad)`. So more than `line * total` are sure where, with `x = bad - line * total + slack`,
 * `x > z * sqrt(bad)`; without a root, and as little as may be where few failed, `x * (x ^ 2 - z ^ 2 * bad)` is above a constant. That is
 * below 0 as long as far fewer fail than may: a part that people see in their lists stays green. Somewhat below the line it is not, so
 * that it only ever counts beside whether the line is passed.
 * @param overLine as an expression: `bad - line * total`
 */
export const evidenceFormula = (bad: string, overLine: string): string => {
  const x = `(${overLine} + ${slack})`
  return `${x} * (${x} * ${x} - ${rounded(confidence ** 2)} * ${bad})`
}

/** The most with which the limit is never passed before Byar's is, and less than a tenth of a failure after it. */
const slack = 1.45

const rounded = (value: number): number => Number(value.toPrecision(10))

/** What the formula is above where failures are evidence: no failure at all is none. */
export const evidenceThreshold = rounded(slack ** 3)
