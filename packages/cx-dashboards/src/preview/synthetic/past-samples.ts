import type { MadeHistory, MadeSeries } from './made-series.ts'
import type { PastTime } from './past-rules.ts'
import type { WrittenSeries } from './remote-write.ts'

/** What a history tells of a past, beyond which it has not gone yet. */
export const pastSamples = (
  history: MadeHistory,
  { begin, end, stepSeconds }: PastTime,
): readonly WrittenSeries[] => {
  const told = new Map<MadeSeries, [seconds: number, value: number][]>()
  for (let seconds = begin; seconds <= end; seconds += stepSeconds) {
    for (const { series, value } of history.at(seconds)) {
      const samples = told.get(series) ?? []
      if (samples.length === 0) told.set(series, samples)
      samples.push([seconds, value])
    }
  }
  return [...told].map(([{ labels, name }, samples]) => ({ name, labels, samples }))
}
