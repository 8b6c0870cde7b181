import { diag } from '@opentelemetry/api'

const logger = diag.createComponentLogger({ namespace: 'cx-metrics' })
const warned = new Set<string>()

/** One line for each cause: in a request path a repeated warning is an outage of its own. */
export const warnOnce = (cause: string, detail?: unknown): void => {
  if (warned.has(cause)) return
  warned.add(cause)
  if (detail === undefined) logger.warn(cause)
  else logger.warn(cause, detail)
}
