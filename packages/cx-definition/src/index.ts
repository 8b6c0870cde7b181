export { breach, type Breach } from './breach.ts'
export { burnRates, type BurnRate, confidence, leastExpected, type Severity } from './burn-rate.ts'
export { catalog, type Catalog, type CatalogOptions } from './catalog.ts'
export { countProblems } from './count-problems.ts'
export { type Dimension, isDimensionValue, placeholders } from './dimension.ts'
export { DefinitionError, type Problem, type ProblemCode, throwIfAny } from './definition-error.ts'
export {
  days,
  type Duration,
  hours,
  milliseconds,
  minutes,
  seconds,
  shortDuration,
  spokenDuration,
} from './duration.ts'
export { type ErrorSource, errorSources, noFeature, unowned } from './error-labels.ts'
export {
  counter,
  type CounterOptions,
  type ExternalHistogram,
  type ExternalInstrument,
  histogram,
  type HistogramOptions,
  httpServerRequestDuration,
} from './external-instrument.ts'
export { exclusion, type Exclusion, type ExclusionOptions } from './exclusion.ts'
export { feature, type Feature, type FeatureOptions } from './feature.ts'
export {
  type AttributeMatch,
  availability,
  completion,
  type EventCount,
  failedOutcomes,
  type Failures,
  type Indicator,
  isForgeable,
  latency,
  partsOf,
} from './indicator.ts'
export {
  always,
  attributeOfWord,
  type Constant,
  type InstrumentLabels,
} from './instrument-labels.ts'
export {
  attributes,
  beaconRejected,
  type BeaconRejection,
  beaconRejections,
  buildInfo,
  conventionalBounds,
  customersTracked,
  dimensionAttribute,
  errors,
  errorSessions,
  type Instrument,
  jobDuration,
  jobs,
  type JourneyEvent,
  journeyEvents,
  journeyStepDuration,
  journeySteps,
  layoutShiftBounds,
  layoutShiftVital,
  type Outcome,
  outcomes,
  requestDuration,
  requests,
  sessions,
  stepDurationBounds,
  timedVitals,
  webLayoutShift,
  webVital,
  type WebVital,
  webVitalBounds,
} from './instrument.ts'
export { journey, type Journey, type JourneyOptions } from './journey.ts'
export { objective, type Objective, type ObjectiveOptions } from './objective.ts'
export {
  calendarMonth,
  calendarQuarter,
  type ObjectiveWindow,
  spokenWindow,
} from './objective-window.ts'
export {
  type HttpMethod,
  httpMethods,
  operation,
  type Operation,
  type OperationFilter,
} from './operation.ts'
export { owner, type Owner } from './owner.ts'
export { percent, type Percent, spokenPercent } from './percent.ts'
export { budgetRatio, highestErrorRatio, possibleBurnRates } from './possible-burn-rates.ts'
export {
  durationProblems,
  isWholeText,
  nameProblems,
  operationProblems,
  percentProblems,
  quote,
  referenceProblems,
  urlProblems,
} from './problems.ts'
export { service, type Service, type ServiceOptions } from './service.ts'
export { type EventSelection, type LabelMatch, ratio, type RatioOptions } from './ratio.ts'
export { expectedPerHour, perHour, quietBeforeOver, type Traffic } from './traffic.ts'
export { webApp, type WebApp, type WebAppOptions } from './web-app.ts'
export { stepAction } from './step-action.ts'
export { stepActions } from './step-actions.ts'
