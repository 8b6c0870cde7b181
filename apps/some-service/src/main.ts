import { setTimeout as sleep } from 'node:timers/promises'
import { startMetrics } from 'cx-metrics/node'
import catalog from 'sample-catalog/catalog'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { service } from './service.ts'

/** What a request in flight may still take; the slowest of the sample takes half a second. */
const finishWithinMilliseconds = 5000

/** A draw with which an operation takes its average time and answers well. */
const faultless = 0.5

const start = async (): Promise<void> => {
  const { faults, host, logLevel, port } = readConfig(process.env)
  const metrics = startMetrics({ catalog, service })
  await metrics.ready
  const app = await buildApp({
    recorder: metrics.recorder,
    logger: { level: logLevel },
    ...(!faults && { random: () => faultless }),
  })
  await app.listen({ host, port }).catch((error: unknown) => {
    throw isPortInUse(error) ? portInUse(host, port) : error
  })

  const stop = async (signal: string): Promise<void> => {
    app.log.info(`${signal}: finishing the requests in flight, then waiting for a last scrape`)
    await Promise.race([app.close(), sleep(finishWithinMilliseconds)])
    await metrics.shutdown()
    process.exit(0)
  }
  // Once each: a second Ctrl-C ends the process at once, as Node does by default.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop(signal).catch(fail)
    })
  }
}

const isPortInUse = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

const portInUse = (host: string, port: number): Error =>
  new Error(`port ${port} on ${host} is in use: stop what listens there, or set PORT`)

const fail = (reason: unknown): never => {
  console.error(`${service.name}: ${reason instanceof Error ? reason.message : String(reason)}`)
  process.exit(1)
}

await start().catch(fail)
