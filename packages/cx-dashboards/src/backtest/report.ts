import type { Labels } from '../publishers/prometheus-api.ts'
import { isSame } from './compare-firings.ts'
import { pairText } from './pair-text.ts'
import type { AlertIdentity } from './replayed-alert.ts'
import type { Backtest, BacktestedAlert, LabelledFirings } from './run-backtest.ts'
import { spokenRange, spokenSpan, spokenTime } from './spoken-time.ts'

/** What a backtest found, for people to read. */
export const reportOf = (backtest: Backtest): string => {
  const { alerts, problems } = backtest
  const comparing = backtest.changed !== undefined
  const telling = alerts.filter((alert) => alert.series.length > 0 || isOnlyInOne(alert, comparing))
  const quiet = alerts.filter((alert) => !telling.includes(alert))
  const known = [
    ...telling.flatMap((alert) => ['', ...alertLines(alert, backtest)]),
    '',
    ...quietLines(quiet),
    ...recordedSinceLines(backtest),
    verdict(backtest),
  ]
  return [
    ...heading(backtest),
    ...(backtest.until < backtest.start ? [] : known),
    ...problems.map((problem) => `Incomplete: ${problem}`),
  ].join('\n')
}

const heading = ({ changed, end, prometheus, start, step, today, until }: Backtest): string[] => [
  changed === undefined
    ? `Alerts of ${today}`
    : `Alerts of ${today} (today) and of ${changed} (changed)`,
  `over ${spokenRange({ start, end })}, evaluated every ${spokenSpan(step)}, from ${prometheus}`,
  ...(until < start
    ? ['Nothing is known: Prometheus failed at the beginning.']
    : until < end - step
      ? [`Known up to ${spokenTime(until)} UTC only.`]
      : []),
]

const isOnlyInOne = ({ changed, today }: BacktestedAlert, comparing: boolean): boolean =>
  comparing && (today === undefined || changed === undefined)

const alertLines = (alert: BacktestedAlert, backtest: Backtest): string[] => {
  const { changed, series, today } = alert
  const comparing = backtest.changed !== undefined
  const only = isOnlyInOne(alert, comparing)
    ? [
        `  only ${today ? 'today: the changed catalog has no such alert' : 'in the changed catalog'}`,
      ]
    : []
  const renamed =
    today && changed && labelText(today.labels) !== labelText(changed.labels)
      ? [`  changed: ${labelText(changed.labels)}`]
      : []
  return [
    identityText(today ?? changed),
    ...only,
    ...renamed,
    ...(series.length === 0 ? ['  never fires'] : []),
    ...series.flatMap((each) => seriesLines(each, comparing)),
  ]
}

const identityText = (identity: AlertIdentity | undefined): string => {
  if (!identity) return ''
  const { labels, name, objective, owner, severity, title } = identity
  const parts = [`${name} (${severity})`, objective ?? title, labelText(labels), `owner ${owner}`]
  return parts.filter(Boolean).join(', ')
}

/** Values alone: their names would say little more. */
const labelText = (labels: Labels): string => Object.values(labels).join(', ')

const seriesLines = ({ firings, labels }: LabelledFirings, comparing: boolean): string[] => [
  `  ${labelText(labels) || 'everywhere'}`,
  ...firings.map((pair) => `    ${pairText(pair, comparing)}`),
]

/** Budgets whose window begins before what was recorded. */
const recordedSinceLines = ({ alerts }: Backtest): string[] => {
  const pairs = alerts.flatMap(({ series }) => series.flatMap(({ firings }) => firings))
  const since = pairs
    .flatMap(({ changed, today }) => [today, changed])
    .flatMap((firing) => firing?.budget?.recordedSince ?? [])
  return since.length === 0
    ? []
    : [
        `Records begin at ${spokenTime(Math.min(...since))} UTC: ${countOf(since.length, 'firing')} had a budget of a longer window, counted from there.`,
      ]
}

const quietLines = (quiet: readonly BacktestedAlert[]): string[] => {
  const unrecorded = quiet.filter((alert) => alert.unrecorded)
  const silent = quiet.length - unrecorded.length
  const names = new Set(unrecorded.map(({ changed, today }) => (today ?? changed)?.objective ?? ''))
  return [
    ...(silent > 0
      ? [`${countOf(silent, 'other alert')} never ${silent === 1 ? 'fires' : 'fire'}.`]
      : []),
    ...(unrecorded.length > 0
      ? [
          `Nothing was recorded for ${[...names].join(', ')}: ${countOf(unrecorded.length, 'alert')} could not fire.`,
        ]
      : []),
  ]
}

const verdict = ({ alerts, changed }: Backtest): string => {
  const pairs = alerts.flatMap(({ series }) => series.flatMap(({ firings }) => firings))
  const todays = pairs.filter(({ today }) => today).length
  if (changed === undefined) return `${countOf(todays, 'firing')} in all.`
  const others = pairs.filter((pair) => pair.changed).length
  const different = pairs.filter((pair) => !isSame(pair)).length
  if (different === 0)
    return `${countOf(todays, 'firing')} today; the changed catalog fires the same.`
  return `${countOf(todays, 'firing')} today, ${others} with the change; ${different === 1 ? '1 differs' : `${different} differ`}.`
}

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
