export { catalog, type Catalog, type CatalogOptions } from './catalog.ts'
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
export { feature, type Feature, type FeatureOptions } from './feature.ts'
export {
  type AttributeMatch,
  availability,
  completion,
  type EventCount,
  failedOutcomes,
  type Failures,
  type Indicator,
  latency,
} from './indicator.ts'
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
  type HttpMethod,
  httpMethods,
  operation,
  type Operation,
  type OperationFilter,
} from './operation.ts'
export { owner, type Owner } from './owner.ts'
export { percent, type Percent, spokenPercent } from './percent.ts'
export {
  durationProblems,
  nameProblems,
  operationProblems,
  percentProblems,
  quote,
  referenceProblems,
} from './problems.ts'
export { webApp, type WebApp, type WebAppOptions } from './web-app.ts'
