import { sampleLine } from './exposition.ts'
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
 * What rules would have recorded in the past, as lines of OpenMetrics.
 * promtool can do that too; it writes a block for each rule and two hours, which takes a minute for a small catalog.
 * @throws {Error} with Prometheus' own words
 */
export const recordedLines = async (
  url: string,
  rules: readonly PastRule[],
  time: PastTime,
): Promise<string> => {
  const waiting = [...rules]
  const lines: string[] = []
  const work = async (): Promise<void> => {
    for (let rule = waiting.shift(); rule; rule = waiting.shift()) {
      lines.push(...linesOf(rule, await evaluated(url, rule, time), time.stepSeconds))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return lines.join('')
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

const linesOf = (rule: PastRule, { data }: Matrix, stepSeconds: number): string[] =>
  (data?.result ?? []).flatMap(({ metric, values }) => {
    const kept = rule.isAlert ? lasting(values, rule.forSeconds, stepSeconds) : values
    const series = { name: rule.record, labels: { ...nameless(metric), ...rule.labels } }
    return kept.map(([seconds, value]) =>
      sampleLine({ series, value: rule.isAlert ? 1 : Number(value) }, seconds),
    )
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
