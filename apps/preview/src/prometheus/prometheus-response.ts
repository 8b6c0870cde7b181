/** https://prometheus.io/docs/prometheus/latest/querying/api/ */
type Sample = readonly [seconds: number, value: string]
export type Labels = Readonly<Record<string, string>>

export type PrometheusResult =
  | {
      readonly resultType: 'matrix'
      readonly result: readonly { readonly metric: Labels; readonly values: readonly Sample[] }[]
    }
  | {
      readonly resultType: 'vector'
      readonly result: readonly { readonly metric: Labels; readonly value: Sample }[]
    }
  | { readonly resultType: 'scalar' | 'string'; readonly result: Sample }

export interface Series {
  readonly labels: Labels
  readonly samples: readonly Sample[]
}

export function seriesOf(result: PrometheusResult): Series[] {
  if (result.resultType === 'matrix')
    return result.result.map(({ metric, values }) => ({ labels: metric, samples: values }))
  if (result.resultType === 'vector')
    return result.result.map(({ metric, value }) => ({ labels: metric, samples: [value] }))
  return [{ labels: {}, samples: [result.result] }]
}

/** JSON has no infinities, so Prometheus sends values as text. */
export function sampleValue(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Infinity
  return text === '-Inf' ? -Infinity : Number(text)
}
