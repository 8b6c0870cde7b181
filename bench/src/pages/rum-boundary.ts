export { OwnerBoundary, rootHandlers, startErrorReporting, useOwner, withOwner } from 'rum-boundary'
