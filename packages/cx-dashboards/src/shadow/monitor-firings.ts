import type { MonitorEvent } from '../publishers/datadog-events.ts'
import type { WatchedMonitor } from './watched-monitor.ts'

export interface MonitorFiring {
  readonly monitor: WatchedMonitor
  readonly group: string
  /** Seconds since 1970. */
  readonly from: number
  /** Absent where it still fires at the end. */
  readonly to?: number
}

/** From when to when monitors fired, one by one where they have groups. Being reminded of it is no firing of its own. */
export const monitorFirings = (
  events: readonly MonitorEvent[],
  monitors: readonly WatchedMonitor[],
): readonly MonitorFiring[] =>
  monitors
    .flatMap((monitor) => {
      const its = events.filter((event) => event.monitor === monitor.id)
      return [...Map.groupBy(its, ({ group }) => group)].flatMap(([group, of]) =>
        firingsOf(of, monitor).map((each) => ({ monitor, group, ...each })),
      )
    })
    .toSorted((one, other) => one.from - other.from)

interface Span {
  readonly from: number
  readonly to?: number
}

/** @param events of one group, in the order of time */
const firingsOf = (events: readonly MonitorEvent[], monitor: WatchedMonitor): readonly Span[] => {
  const spans: Span[] = []
  let since: number | 'before' | undefined
  for (const { at, before, state } of events) {
    if (!isFiring(state, monitor)) {
      if (typeof since === 'number') spans.push({ from: since, to: at })
      since = undefined
    } else if (since === undefined) {
      // When it began is not known, so that it is no firing of this time.
      since = before !== undefined && isFiring(before, monitor) ? 'before' : at
    }
  }
  return typeof since === 'number' ? [...spans, { from: since }] : spans
}

const isFiring = (state: string, { tellsNoData }: WatchedMonitor): boolean =>
  state === 'Alert' || (state === 'No Data' && tellsNoData)
