export { OwnerBoundary, rootHandlers, startErrorReporting, useOwner, withOwner } from 'rum-boundary'
export { datadogSink } from 'rum-boundary/datadog'
export { sentrySink } from 'rum-boundary/sentry'
