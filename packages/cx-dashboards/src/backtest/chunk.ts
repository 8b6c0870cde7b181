import type { Range } from '../publishers/prometheus-api.ts'

/** Below the 11,000 points that Prometheus gives at most for a series. */
export const mostPoints = 10_000

/** The beginning of a range, of so many points at most, and what is left of it. */
export const firstChunk = (
  { end, start, step }: Range,
  points: number,
): { readonly chunk: Range; readonly rest: Range | undefined } => {
  const last = start + step * (points - 1)
  return last >= end
    ? { chunk: { start, end, step }, rest: undefined }
    : { chunk: { start, end: last, step }, rest: { start: last + step, end, step } }
}

/** Ranges that follow each other and have every point of the whole once. */
export const chunksOf = (range: Range, points = mostPoints): readonly Range[] => {
  const chunks: Range[] = []
  for (let rest: Range | undefined = range; rest !== undefined;) {
    const split: ReturnType<typeof firstChunk> = firstChunk(rest, points)
    chunks.push(split.chunk)
    rest = split.rest
  }
  return chunks
}

export const pointsIn = ({ end, start, step }: Range): number =>
  Math.floor((end - start) / step) + 1
