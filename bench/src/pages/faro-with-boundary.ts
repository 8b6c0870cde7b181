export { FaroErrorBoundary, initializeFaro, ReactIntegration } from '@grafana/faro-react'
