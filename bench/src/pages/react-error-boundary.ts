export { ErrorBoundary, useErrorBoundary } from 'react-error-boundary'
