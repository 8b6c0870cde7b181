import {
  attributes,
  type Catalog,
  errors,
  errorSessions,
  type Instrument,
  type Journey,
  type JourneyEvent,
  journeyStepDuration,
  journeySteps,
  layoutShiftBounds,
  layoutShiftVital,
  noFeature,
  sessions,
  stepDurationBounds,
  timedVitals,
  type WebApp,
  webLayoutShift,
  webVital,
  webVitalBounds,
} from 'cx-definition'
import { labelName } from '../../promql/labels.ts'
import { instanceOf, troubles } from './api-series.ts'
import { histogramSeries } from './histogram-series.ts'
import type { MadeSeries, Spell } from './made-series.ts'

/** What browsers tell of an app and its journeys. @param service through which they speak */
export const webSeries = (
  catalog: Catalog,
  app: WebApp,
  service: string,
): readonly MadeSeries[] => [
  counterOf(sessions, service, { [attributes.app]: app.name }, app.name, 1),
  ...errorsOf(catalog, app, service),
  ...vitalsOf(app, service),
  ...catalog.journeys
    .filter((journey) => journey.app === app)
    .flatMap((journey) => journeySeries(journey, service)),
]

const sessionsPerSecond = 0.2

const counterOf = (
  instrument: Instrument,
  service: string,
  labels: Readonly<Record<string, string>>,
  app: string,
  share: number,
  spells: readonly Spell[] = [],
): MadeSeries => ({
  name: instrument.name,
  labels: { ...instanceOf(service), ...named(labels) },
  kind: 'counter',
  perSecond: sessionsPerSecond,
  share,
  spells,
  flow: app,
  isWhole: true,
})

const named = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(labels).map(([attribute, value]) => [labelName(attribute, ''), value]),
  )

/** Each team's feature has a few errors; the first team's more, while the outage lasts. */
const errorsOf = (
  { features, owners }: Catalog,
  app: WebApp,
  service: string,
): readonly MadeSeries[] =>
  owners.flatMap((owner, index) => {
    const feature = features.find((each) => each.owner === owner)?.name ?? noFeature
    const labels = {
      [attributes.app]: app.name,
      [attributes.owner]: owner.name,
      [attributes.feature]: feature,
    }
    const { from, to } = troubles.outage
    const spells = index === 0 ? [{ from, to, share: 0.12 }] : []
    return (['error', 'rejection'] as const).flatMap((source) => {
      const all = { ...labels, [attributes.source]: source }
      return [
        counterOf(errors, service, all, app.name, 0.01 / (index + 1), spells),
        counterOf(errorSessions, service, all, app.name, 0.006 / (index + 1), spells),
      ]
    })
  })

const medians: Readonly<Record<(typeof timedVitals)[number], number>> = {
  LCP: 1.2,
  INP: 0.12,
  FCP: 0.8,
  TTFB: 0.3,
}

const vitalsOf = (app: WebApp, service: string): readonly MadeSeries[] =>
  app.pages.flatMap((page) => {
    const base = (instrument: Instrument, vital: string) => ({
      name: instrument.name,
      labels: {
        ...instanceOf(service),
        ...named({
          [attributes.app]: app.name,
          [attributes.vital]: vital,
          [attributes.page]: page,
        }),
      },
      perSecond: sessionsPerSecond,
      share: 1,
      flow: app.name,
    })
    return [
      ...timedVitals.flatMap((vital) =>
        histogramSeries(
          base(webVital, vital),
          webVitalBounds,
          { medianSeconds: medians[vital] },
          [],
        ),
      ),
      ...histogramSeries(
        base(webLayoutShift, layoutShiftVital),
        layoutShiftBounds,
        { medianSeconds: 0.03 },
        [],
      ),
    ]
  })

/** A part of the people leaves at each step; in the outage many tries fail. */
const journeySeries = (journey: Journey, service: string): readonly MadeSeries[] =>
  journey.steps.flatMap((step, index) => {
    const { app, name } = journey
    const labels = {
      [attributes.app]: app.name,
      [attributes.journey]: name,
      [attributes.step]: step,
    }
    const begun = (journey.follows ? 0.3 : 0.7) * 0.8 ** index
    const { from, to } = troubles.outage
    const usual: Readonly<Record<JourneyEvent, readonly [number, number]>> = {
      entered: [begun, begun],
      completed: [begun * 0.84, begun * 0.5],
      failed: [begun * 0.004, begun * 0.2],
    }
    const events = (['entered', 'completed', 'failed'] as const).map((event) => {
      const [share, hit] = usual[event]
      const all = { ...labels, [attributes.event]: event }
      return counterOf(journeySteps, service, all, app.name, share, [{ from, to, share: hit }])
    })
    const [completed] = usual.completed
    const durations = histogramSeries(
      {
        name: journeyStepDuration.name,
        labels: { ...instanceOf(service), ...named(labels) },
        perSecond: sessionsPerSecond,
        share: completed,
        flow: app.name,
      },
      stepDurationBounds,
      { medianSeconds: 12 + 9 * index },
      [],
    )
    return [...events, ...durations]
  })
