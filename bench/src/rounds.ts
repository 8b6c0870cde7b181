/** What a run of alternating rounds says of one contender. */
export interface Measured {
  readonly name: string
  /** One for each round. */
  readonly values: readonly number[]
}

/**
 * Measures contenders in turn, round after round, each round begun by another, so that a noisy machine is
 * noisy for all of them. The first round warms up and does not count.
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
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (round + turn) % contenders.length
      const value = await contenders[index]!.measure()
      if (round > 0) results[index]!.values.push(value)
    }
    process.stderr.write(`\r  round ${round} of ${rounds} `)
  }
  process.stderr.write('\r                      \r')
  return results
}

const quantile = (values: readonly number[], ratio: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * ratio
  const below = sorted[Math.floor(position)] as number
  const above = sorted[Math.ceil(position)] as number
  return below + (above - below) * (position - Math.floor(position))
}

/** A table with each contender's ratio to the one named, round by round: what drifts over the run cancels out. */
export const table = (
  measured: readonly Measured[],
  baseline: string,
  { unit, digits }: { readonly unit: string; readonly digits: number },
): string => {
  const base = measured.find(({ name }) => name === baseline)!.values
  const number = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: digits })
  return [
    `| | median ${unit} | middle half | of ${baseline}, median of rounds | middle half |`,
    '|---|---|---|---|---|',
    ...measured.map(({ name, values }) => {
      const ratios = values.map((value, round) => value / (base[round] as number))
      const spread = (of: readonly number[], text: (value: number) => string) =>
        `${text(quantile(of, 0.25))} to ${text(quantile(of, 0.75))}`
      const ratio = (value: number) => value.toFixed(2)
      return `| ${name} | ${number(quantile(values, 0.5))} | ${spread(values, number)} | ${ratio(quantile(ratios, 0.5))} | ${spread(ratios, ratio)} |`
    }),
  ].join('\n')
}
