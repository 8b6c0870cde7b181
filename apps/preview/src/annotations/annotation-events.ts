import { sampleValue, type Labels, type Series } from '../prometheus/prometheus-response.ts'
import type { AnnotationQuery } from './annotation-query.ts'

/** A moment or a span of time that is marked on graphs; in milliseconds since 1970. */
export interface AnnotationEvent {
  readonly from: number
  /** The same as `from` where it is a moment. */
  readonly to: number
  readonly title: string
  readonly text: string
  readonly tags: readonly string[]
  readonly query: AnnotationQuery
}

/** As Grafana's Prometheus data source does it: samples above 0 mark, and neighbours no more than a step apart are one region. */
export const annotationEvents = (
  series: readonly Series[],
  query: AnnotationQuery,
  stepMilliseconds: number,
): AnnotationEvent[] =>
  series.flatMap(({ labels, samples }) => {
    const described = {
      title: withLabels(query.titleFormat ?? '', labels),
      text: withLabels(query.textFormat ?? '', labels),
      tags: (query.tagKeys ?? '').split(',').flatMap((key) => labels[key.trim()] ?? []),
      query,
    }
    return regions(markedTimes(samples, query), stepMilliseconds).map((region) => ({
      ...region,
      ...described,
    }))
  })

const markedTimes = (
  samples: Series['samples'],
  { useValueForTime }: AnnotationQuery,
): number[] => {
  const numbers = samples.map(([seconds, text]) => [seconds * 1000, sampleValue(text)] as const)
  const isValueTime = useValueForTime === true || useValueForTime === 'on'
  return numbers
    .filter(([, value]) => value > 0)
    .map(([milliseconds, value]) => Math.floor(isValueTime ? value : milliseconds))
}

const regions = (times: readonly number[], step: number): { from: number; to: number }[] => {
  const found: { from: number; to: number }[] = []
  for (const time of times) {
    const last = found.at(-1)
    if (last && time - last.to <= step) last.to = time
    else found.push({ from: time, to: time })
  }
  return found
}

const withLabels = (format: string, labels: Labels): string =>
  format.replaceAll(/\{\{\s*(.+?)\s*\}\}/g, (_template, label: string) => labels[label] ?? '')
