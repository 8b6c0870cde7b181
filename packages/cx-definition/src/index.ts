export { catalog, type Catalog, type CatalogOptions, type Dimension } from './catalog.ts'
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
export { feature, type Feature, type FeatureOptions } from './feature.ts'
export {
  type AttributeMatch,
  availability,
  type EventCount,
  failedOutcomes,
  type Failures,
  type Indicator,
  latency,
} from './indicator.ts'
export {
  attributes,
  buildInfo,
  conventionalBounds,
  customersTracked,
  dimensionAttribute,
  type Instrument,
  jobDuration,
  jobs,
  type Outcome,
  outcomes,
  requestDuration,
  requests,
} from './instrument.ts'
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
} from './problems.ts'
