import type { WrittenSeries } from './remote-write.ts'
import type { PastRule } from './rule-levels.ts'

export interface PastTime {
  /** Seconds since 1970. */
  readonly begin: number
  readonly end: number
  readonly stepSeconds: number
}

interface Matrix {
  readonly status: string
  readonly error?: string
  readonly data?: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>
      readonly values: readonly (readonly [seconds: number, value: string])[]
    }[]
  }
}

const atOnce = 4

/**
 * What rules would have recorded in the past.
 * promtool can do that too; it writes a block for each rule and two hours, which takes a minute for a small catalog.
 * @throws {Error} with Prometheus' own words
 */
export const recordedSeries = async (
  url: string,
  rules: readonly PastRule[],
  time: PastTime,
): Promise<readonly WrittenSeries[]> => {
  const waiting = [...rules]
  const found: WrittenSeries[] = []
  const work = async (): Promise<void> => {
    for (let rule = waiting.shift(); rule; rule = waiting.shift()) {
      found.push(...seriesOf(rule, await evaluated(url, rule, time), time.stepSeconds))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return found
}

const evaluated = async (
  url: string,
  { expr }: PastRule,
  { begin, end, stepSeconds }: PastTime,
): Promise<Matrix> => {
  const response = await fetch(`${url}/api/v1/query_range`, {
    method: 'POST',
    body: new URLSearchParams({
      query: expr,
      start: String(begin),
      end: String(end),
      step: String(stepSeconds),
    }),
  })
  const answer = (await response.json()) as Matrix
  if (answer.status === 'success') return answer
  throw new Error(`the past of a rule cannot be filled in: ${answer.error ?? response.status}`)
}

const seriesOf = (rule: PastRule, { data }: Matrix, stepSeconds: number): WrittenSeries[] =>
  (data?.result ?? []).map(({ metric, values }) => {
    const kept = rule.isAlert ? lasting(values, rule.forSeconds, stepSeconds) : values
    return {
      name: rule.record,
      labels: { ...nameless(metric), ...rule.labels },
      samples: kept.map(([seconds, value]) => [seconds, rule.isAlert ? 1 : Number(value)]),
    }
  })

const nameless = (metric: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(metric).filter(([label]) => label !== '__name__'))

/** Samples before which the condition has held without a gap for some time. */
export const lasting = <Sample extends readonly [seconds: number, ...rest: unknown[]]>(
  samples: readonly Sample[],
  forSeconds: number,
  stepSeconds: number,
): readonly Sample[] => {
  let since = Number.NaN
  let before = Number.NaN
  return samples.filter(([seconds]) => {
    if (seconds - before !== stepSeconds) since = seconds
    before = seconds
    return seconds - since >= forSeconds
  })
}
