import { datadogRum, type RumInitConfiguration } from '@datadog/browser-rum'

export const start = (options: RumInitConfiguration): void => datadogRum.init(options)
