import { datadogRum, type RumInitConfiguration } from '@datadog/browser-rum'
import { reactPlugin } from '@datadog/browser-rum-react'

export { addReactError, ErrorBoundary } from '@datadog/browser-rum-react'
export const start = (options: RumInitConfiguration): void =>
  // Its types do not fit those of the SDK beside it, whose version is two patches ahead.
  datadogRum.init({ ...options, plugins: [reactPlugin()] } as unknown as RumInitConfiguration)
