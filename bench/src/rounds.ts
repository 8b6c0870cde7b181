/** What a run of alternating rounds says of one contender. */
export interface Measured {
  readonly name: string
  readonly median: number
  /** The middle half of the rounds lies between these. */
  readonly quartiles: readonly [number, number]
}

/**
 * Measures contenders in turn, round after round, so that a noisy machine is noisy for all of them.
 * The first round warms up and does not count.
 */
export const alternate = async (
  contenders: readonly {
    readonly name: string
    readonly measure: () => Promise<number> | number
  }[],
  rounds: number,
): Promise<readonly Measured[]> => {
  const results = contenders.map(({ name }) => ({ name, values: [] as number[] }))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { measure }] of contenders.entries()) {
      const value = await measure()
      if (round > 0) results[index]!.values.push(value)
    }
    process.stderr.write(`\r  round ${round} of ${rounds} `)
  }
  process.stderr.write('\r                      \r')
  return results.map(({ name, values }) => ({
    name,
    median: quantile(values, 0.5),
    quartiles: [quantile(values, 0.25), quantile(values, 0.75)],
  }))
}

const quantile = (values: readonly number[], ratio: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * ratio
  const below = sorted[Math.floor(position)] as number
  const above = sorted[Math.ceil(position)] as number
  return below + (above - below) * (position - Math.floor(position))
}

/** A table whose last column is each median over that of the contender named. */
export const table = (
  measured: readonly Measured[],
  baseline: string,
  { unit, digits }: { readonly unit: string; readonly digits: number },
): string => {
  const base = measured.find(({ name }) => name === baseline)!.median
  const number = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: digits })
  return [
    `| | median ${unit} | middle half | of ${baseline} |`,
    '|---|---|---|---|',
    ...measured.map(
      ({ median, name, quartiles: [low, high] }) =>
        `| ${name} | ${number(median)} | ${number(low)} to ${number(high)} | ${(median / base).toFixed(2)} |`,
    ),
  ].join('\n')
}
