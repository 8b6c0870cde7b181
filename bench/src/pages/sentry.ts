export { captureException, ErrorBoundary, init, reactErrorHandler } from '@sentry/react'
