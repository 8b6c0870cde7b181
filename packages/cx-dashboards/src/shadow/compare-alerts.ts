import type { MonitorFiring } from './monitor-firings.ts'
import type { OldAlert } from './old-alerts.ts'
import type { WatchedMonitor } from './watched-monitor.ts'

/** How far apart the two may tell the same, in seconds. */
export const tolerance = 30 * 60

/** Seconds since 1970. */
interface Span {
  readonly start: number
  readonly end: number
}

export interface Compared {
  readonly monitors: readonly WatchedMonitor[]
  readonly firings: readonly MonitorFiring[]
  readonly alerts: readonly OldAlert[]
}

export interface TeamComparison extends Span {
  readonly team: string
  readonly monitors: readonly WatchedMonitor[]
  readonly both: readonly BothTold[]
  readonly onlyDatadog: readonly MonitorFiring[]
  readonly onlyOld: readonly OldAlone[]
  readonly weeks: readonly Week[]
}

export interface BothTold {
  readonly firing: MonitorFiring
  /** The old tracker's within the tolerance, of this team, in the order of time. */
  readonly alerts: readonly [OldAlert, ...OldAlert[]]
  /** How much later Datadog told it than the first of them, in seconds; negative where it was earlier. */
  readonly later: number
}

export interface OldAlone {
  readonly alert: OldAlert
  /** The monitor of the team that had begun to fire before, and fired still. */
  readonly during?: WatchedMonitor
}

export interface Week extends Span {
  readonly datadog: number
  readonly old: number
  /** Of those of Datadog. */
  readonly both: number
}

/**
 * What each team was told by Datadog and by the old tracker.
 * @param compared also what was told within the tolerance around the period, which has its counterpart in it
 */
export const compareAlerts = (compared: Compared, period: Span): readonly TeamComparison[] => {
  const told = compared.alerts.filter(({ at }) => isWithin(at, period))
  const teams = new Set([...compared.monitors, ...told].map(({ team }) => team))
  return [...teams].toSorted().map((team) => ofTeam(team, compared, period))
}

const ofTeam = (team: string, compared: Compared, { end, start }: Span): TeamComparison => {
  const monitors = compared.monitors.filter((each) => each.team === team)
  // What nobody could have told is no silence.
  const since = Math.min(...monitors.map((each) => each.since))
  const span = {
    start: Math.min(end, Number.isFinite(since) ? Math.max(start, since) : start),
    end,
  }
  const firings = compared.firings.filter(({ monitor }) => monitor.team === team)
  const alerts = compared.alerts.filter((each) => each.team === team)
  const pairs = firings
    .filter(({ from }) => isWithin(from, span))
    .map((firing) => ({ firing, alerts: alerts.filter(({ at }) => isNear(at, firing.from)) }))
  const both = pairs.flatMap(({ alerts: [first, ...others], firing }) =>
    first === undefined
      ? []
      : [{ firing, alerts: [first, ...others] as const, later: firing.from - first.at }],
  )
  const old = alerts.filter(({ at }) => isWithin(at, span))
  return {
    team,
    ...span,
    monitors,
    both,
    onlyDatadog: pairs.filter((pair) => pair.alerts.length === 0).map(({ firing }) => firing),
    onlyOld: old
      .filter(({ at }) => !firings.some(({ from }) => isNear(at, from)))
      .map((alert) => oldAlone(alert, firings)),
    weeks: weeksOf(span).map((week) => ({
      ...week,
      datadog: pairs.filter(({ firing }) => isWithin(firing.from, week)).length,
      old: old.filter(({ at }) => isWithin(at, week)).length,
      both: both.filter(({ firing }) => isWithin(firing.from, week)).length,
    })),
  }
}

const isWithin = (at: number, { end, start }: Span): boolean => at >= start && at < end

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= tolerance

const oldAlone = (alert: OldAlert, firings: readonly MonitorFiring[]): OldAlone => {
  const firing = firings.find(({ from, to = Number.POSITIVE_INFINITY }) =>
    isWithin(alert.at, { start: from, end: to }),
  )
  return { alert, ...(firing && { during: firing.monitor }) }
}

const [day, week] = [86_400, 604_800]
// 1970 began on a Thursday.
const firstMonday = 4 * day

/** From Monday to Monday, UTC, as far as they lie in a span. */
const weeksOf = ({ end, start }: Span): readonly Span[] => {
  const monday = start - ((((start - firstMonday) % week) + week) % week)
  const count = Math.ceil((end - monday) / week)
  return Array.from({ length: count }, (_, index) => ({
    start: Math.max(start, monday + index * week),
    end: Math.min(end, monday + (index + 1) * week),
  })).filter((each) => each.start < each.end)
}
