import {
  beaconRejected,
  type BeaconRejection,
  beaconRejections,
  errors,
  errorSessions,
  journeyStepDuration,
  journeySteps,
  layoutShiftBounds,
  layoutShiftVital,
  sessions,
  stepDurationBounds,
  webLayoutShift,
  webVital,
  webVitalBounds,
} from 'cx-definition'
import type { CountedEvent } from './beacon-payload.ts'
import { observe } from './observe.ts'
import type { HistogramFamily, SeriesAttributes, SeriesStore } from './series-store.ts'

/** What browsers tell, counted in a service's store. */
export interface BrowserSeries {
  /** @param event one that was checked: each label set that it has becomes a series */
  record(app: string, event: CountedEvent): void
  refuse(reason: BeaconRejection): void
}

export const createBrowserSeries = (store: SeriesStore): BrowserSeries => {
  const counted = {
    sessions: eachSeries(store.counters(sessions)),
    steps: eachSeries(store.counters(journeySteps)),
    errors: eachSeries(store.counters(errors)),
    errorSessions: eachSeries(store.counters(errorSessions)),
    refusals: eachSeries(store.counters(beaconRejected)),
  }
  const timeStep = observer(store.histograms(journeyStepDuration, stepDurationBounds))
  const timeVital = observer(store.histograms(webVital, webVitalBounds))
  const scoreLayoutShift = observer(store.histograms(webLayoutShift, layoutShiftBounds))
  for (const reason of beaconRejections) counted.refusals({ reason })

  const record = (app: string, told: CountedEvent): void => {
    switch (told.type) {
      case 'session': {
        counted.sessions({ app }).value += told.count
        return
      }
      case 'step': {
        const { count, event, journey, seconds, step } = told
        counted.steps({ app, journey, step, event }).value += count
        if (seconds !== undefined) timeStep({ app, journey, step }, seconds, count)
        return
      }
      case 'vital': {
        const { count, name, page, value } = told
        const add = name === layoutShiftVital ? scoreLayoutShift : timeVital
        add({ app, name, page }, value, count)
        return
      }
      default: {
        const { count, feature, owner, source, type } = told
        const seriesOf = type === 'error' ? counted.errors : counted.errorSessions
        seriesOf({ app, owner, feature, source }).value += count
      }
    }
  }

  return {
    record,
    refuse: (reason) => {
      counted.refusals({ reason }).value += 1
    },
  }
}

/** Finds the series of a label set, or makes it. */
const eachSeries = <Series>({
  add,
}: {
  readonly add: (attributes: SeriesAttributes) => Series
}): ((attributes: SeriesAttributes) => Series) => {
  const known = new Map<string, Series>()
  return (labels) => {
    // No name of a catalog has a line break.
    const key = Object.values(labels).join('\n')
    const series = known.get(key) ?? add(labels)
    known.set(key, series)
    return series
  }
}

const observer = (family: HistogramFamily) => {
  const seriesOf = eachSeries(family)
  return (labels: SeriesAttributes, value: number, count: number): void => {
    const series = seriesOf(labels)
    for (let times = 0; times < count; times += 1) observe(series, family.bounds, value)
  }
}
