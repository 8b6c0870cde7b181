import { startBrowserMetrics } from 'cx-metrics/browser'
import { firstSession, productWeb } from 'sample-catalog/web'

export const metrics = startBrowserMetrics({ app: productWeb })

export const journey = metrics.journey(firstSession)
