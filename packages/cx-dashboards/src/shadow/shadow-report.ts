import { spokenRange, spokenSpan, spokenTime } from '../backtest/spoken-time.ts'
import { counted } from '../check/spoken-number.ts'
import { adviceFor } from './advice.ts'
import { type BothTold, type OldAlone, type TeamComparison, tolerance } from './compare-alerts.ts'
import type { MonitorFiring } from './monitor-firings.ts'

/** What monitors told beside the old tracker, and what of it is to be looked at. */
export interface ShadowReport {
  /** The uid of the set's folder. */
  readonly set: string
  /** Where the old tracker's alerts stand. */
  readonly file: string
  /** Seconds since 1970. */
  readonly start: number
  readonly end: number
  /** How many of the file's alerts lie outside that time. */
  readonly outside: number
  readonly teams: readonly TeamComparison[]
}

/** A part of a report, in words: titles come from elsewhere, and stand as they are. */
export interface Section {
  readonly heading: string
  readonly lines: readonly SectionLine[]
}

export interface SectionLine {
  readonly text: string
  readonly url?: string
}

export const headingLines = ({ end, file, outside, set, start }: ShadowReport): string[] => [
  `Monitors of the set ${set} in Datadog, and the alerts of ${file}`,
  `over ${spokenRange({ start, end })}. Both told it: a monitor began to fire within ${spokenSpan(tolerance)} of an alert for the same team.`,
  ...(outside === 0 ? [] : [`${counted(outside, 'alert')} of the file lie outside that time.`]),
]

export const teamHeading = ({ monitors, start, team }: TeamComparison, report: ShadowReport) =>
  `${team}, ${counted(monitors.length, 'monitor')}${start === report.start ? '' : `, there since ${spokenTime(start)} UTC`}`

export const weekHeadings = ['Week from', 'Datadog', 'old tracker', 'both'] as const

export const weekRows = ({ weeks }: TeamComparison): string[][] =>
  weeks.map(({ both, datadog, old, start }) => [
    spokenTime(start).slice(0, 10),
    ...[datadog, old, both].map(String),
  ])

export const teamSections = (of: TeamComparison): readonly Section[] =>
  [
    { heading: 'Told by both', lines: of.both.map(bothLine) },
    {
      heading: 'By Datadog alone',
      lines: of.onlyDatadog.map((firing) => ({ text: firingText(firing) })),
    },
    { heading: 'By the old tracker alone', lines: of.onlyOld.map(oldLine) },
    { heading: 'Before you switch', lines: adviceFor(of).map((text) => ({ text })) },
  ].filter(({ lines }) => lines.length > 0)

/** The last word. */
export const verdict = ({ teams }: ShadowReport): string[] => {
  const [ready, open] = [true, false].map((isReady) =>
    teams.filter((each) => (adviceFor(each).length === 0) === isReady).map(({ team }) => team),
  )
  return [
    ...(open?.length ? [`To look at first: ${open.join(', ')}.`] : []),
    ...(ready?.length ? [`Nothing speaks against switching: ${ready.join(', ')}.`] : []),
  ]
}

const bothLine = ({ alerts: [first, ...others], firing, later }: BothTold): SectionLine => {
  const sooner =
    later === 0
      ? 'the old tracker at the same time'
      : `the old tracker ${spokenSpan(Math.abs(later))} ${later > 0 ? 'earlier' : 'later'}`
  const more = others.length === 0 ? '' : `, ${others.length + 1} times`
  return {
    text: `${firingText(firing)}; ${sooner}${more}: ${first.title}`,
    ...(first.url !== undefined && { url: first.url }),
  }
}

const firingText = ({ from, group, monitor, to }: MonitorFiring): string => {
  const where = group === '' ? '' : `, ${group}`
  const lasting = to === undefined ? 'not over at the end' : `for ${spokenSpan(to - from)}`
  return `${spokenTime(from)} ${monitor.title} (${monitor.severity}${where}), ${lasting}`
}

const oldLine = ({ alert, during }: OldAlone): SectionLine => ({
  text: `${spokenTime(Math.floor(alert.at))} ${alert.title}${during ? `; a monitor fired still: ${during.title}` : ''}`,
  ...(alert.url !== undefined && { url: alert.url }),
})
