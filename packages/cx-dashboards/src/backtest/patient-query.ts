import { setTimeout as sleep } from 'node:timers/promises'
import type { Prometheus, Range, RangeSeries } from '../publishers/prometheus-api.ts'
import { PrometheusError } from '../publishers/prometheus-error.ts'
import { firstChunk, mostPoints, pointsIn } from './chunk.ts'
import { spokenRange } from './spoken-time.ts'

export interface Patience {
  /** Told of every setback. */
  readonly say: (line: string) => void
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

export type RangeQuery = (expression: string, range: Range) => Promise<readonly RangeSeries[]>

const pauses = [1000, 4000, 15_000]
const fewestPoints = 10

/**
 * Asks again after a pause where Prometheus is busy, and for half as much where that was too much at once. A series may come in
 * several pieces, in the order of time.
 */
export const patientQuery = (
  { queryRange }: Pick<Prometheus, 'queryRange'>,
  { say, wait = sleep }: Patience,
): RangeQuery => {
  // What was too much for an expression once will be so again.
  const bearable = new Map<string, number>()
  const ask = async (expression: string, chunk: Range, setbacks = 0): Promise<Asked> => {
    try {
      return await queryRange(expression, chunk)
    } catch (error) {
      if (!(error instanceof PrometheusError)) throw error
      if (error.hope === 'less' && pointsIn(chunk) > fewestPoints) return 'too_much'
      const pause = error.hope === 'later' ? pauses[setbacks] : undefined
      if (pause === undefined) throw inChunk(error, chunk)
      say(`${asSentence(error.message)} Asking again in ${pause / 1000} s.`)
      await wait(pause)
      return ask(expression, chunk, setbacks + 1)
    }
  }
  return async (expression, range) => {
    const found: RangeSeries[] = []
    let rest: Range | undefined = range
    while (rest !== undefined) {
      const points: number = bearable.get(expression) ?? mostPoints
      const split: ReturnType<typeof firstChunk> = firstChunk(rest, points)
      const asked = await ask(expression, split.chunk)
      if (asked === 'too_much') {
        const fewer = Math.ceil(pointsIn(split.chunk) / 2)
        say(`${spokenRange(split.chunk)} is too much at once; asking for ${fewer} points.`)
        bearable.set(expression, fewer)
      } else {
        found.push(...asked)
        rest = split.rest
      }
    }
    return found
  }
}

type Asked = readonly RangeSeries[] | 'too_much'

const inChunk = (error: PrometheusError, chunk: Range): Error =>
  new Error(`${spokenRange(chunk)}: ${asSentence(error.message)} ${remedies[error.hope]}`, {
    cause: error,
  })

const asSentence = (message: string): string => (/[.?!]$/.test(message) ? message : `${message}.`)

const remedies = {
  less: 'Even a few points take too long: choose a shorter range, or raise its --query.timeout and --query.max-samples.',
  later: 'Start the backtest again from there when Prometheus is well, with --from.',
  none: 'Start the backtest again from there when that is mended, with --from.',
} as const
