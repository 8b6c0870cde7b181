import { type Catalog, type Duration, seconds, spokenWindow } from 'cx-definition'
import type { Finding } from './finding.ts'
import { roughly } from './spoken-number.ts'

/** How long Prometheus keeps data, and who says so. */
export interface Retention {
  readonly kept: Duration
  readonly source: string
}

const unitSeconds: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
}

/** As Prometheus writes durations, such as `15d` or `1h30m`; undefined where it is none. */
export const prometheusDuration = (text: string): Duration | undefined => {
  if (!/^(\d+(y|w|d|h|ms|m|s))+$/.test(text)) return undefined
  const parts = [...text.matchAll(/(\d+)(y|w|d|h|ms|m|s)/g)]
  return seconds(
    parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitSeconds[unit] ?? 0), 0),
  )
}

/** What Prometheus keeps where nothing is said. */
export const defaultRetention = '15d'

/** The budget is read over the whole window, so nothing shorter may be kept. */
export const retentionFindings = (
  { objectives }: Catalog,
  retention: Retention | undefined,
): Finding[] => {
  if (!retention) return unknownFindings(objectives)
  return objectives.flatMap(({ name, window }, index) =>
    window.seconds <= retention.kept.seconds
      ? []
      : [
          {
            severity: 'error' as const,
            path: `objectives[${index}].window`,
            message: `${name}: its budget is read over ${spokenWindow(window)}, and Prometheus keeps ${roughly(retention.kept.seconds)} (${retention.source})`,
            remedy: `Start Prometheus with --storage.tsdb.retention.time=${Math.ceil(window.seconds / 86_400) + 1}d, or choose a shorter window; long-term storage that evaluates the rules itself is told by --retention`,
          },
        ],
  )
}

const unknownFindings = (objectives: Catalog['objectives']): Finding[] => {
  const longest = Math.max(0, ...objectives.map(({ window }) => window.seconds))
  if (longest <= (prometheusDuration(defaultRetention)?.seconds ?? 0)) return []
  return [
    {
      severity: 'warning',
      path: 'objectives',
      message: `budgets are read over up to ${roughly(longest)}, and Prometheus keeps ${roughly(prometheusDuration(defaultRetention)?.seconds ?? 0)} unless told otherwise`,
      remedy: 'Say how long yours keeps data with --retention, or let --prometheus URL ask it',
    },
  ]
}
