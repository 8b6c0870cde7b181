/** Columns under their headings: the first to the left, numbers to the right. */
export const textTable = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string[] => {
  const all = [headings, ...rows]
  const widths = headings.map((_, column) => Math.max(...all.map((row) => width(row[column]))))
  return all.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)))
        return column === 0 ? cell + space : space + cell
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Letters, not code units: names may be in any script. */
const width = (cell = ''): number => [...cell].length
