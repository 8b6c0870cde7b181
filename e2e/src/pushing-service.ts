// A service that pushes its metrics and records what its parent tells it to. With a number as argument it is a
// cluster of so many workers, and each of them records.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { catalog, feature, journey, owner, webApp } from 'cx-definition'
import cxBeacon from 'cx-metrics/beacon'
import { startMetrics } from 'cx-metrics/node'
import Fastify from 'fastify'

/** What the parent sends: so many requests, jobs and beacons, all alike. */
export interface Work {
  readonly customer: string
  readonly statusCode: number
  readonly seconds: number
  readonly times: number
}

const growth = owner('growth')
const signup = feature('signup', { owner: growth })
const signupWeb = webApp('signup-web', { owner: growth, pages: ['/signup'] })
const steps = ['account'] as const
const selfSignup = journey('self-signup', { feature: signup, app: signupWeb, steps })
const definition = catalog({
  owners: [growth],
  features: [signup],
  apps: [signupWeb],
  journeys: [selfSignup],
})

const beaconOf = (seconds: number) => {
  const step = { type: 'step', journey: 'self-signup', step: 'account', count: 1 }
  const error = { owner: 'growth', feature: 'signup', source: 'boundary', count: 1 }
  const vital = { type: 'vital', page: '/signup', count: 1 }
  return {
    v: 1,
    app: 'signup-web',
    events: [
      { type: 'session', count: 1 },
      { ...step, event: 'entered' },
      { ...step, event: 'completed', seconds },
      { ...error, type: 'error' },
      { ...error, type: 'error-session' },
      { ...vital, name: 'LCP', value: seconds },
      { ...vital, name: 'CLS', value: 0.05 },
    ],
  }
}

const serve = async (): Promise<void> => {
  const { ready, recorder } = startMetrics({
    catalog: definition,
    service: { name: 'pushing', version: '1.2.3', commit: 'abc' },
    environment: 'test',
  })
  const app = Fastify()
  await app.register(cxBeacon, { recorder, catalog: definition })
  const work = async ({ customer, seconds, statusCode, times }: Work): Promise<void> => {
    for (let done = 0; done < times; done += 1) {
      const request = { customer, method: 'GET', route: '/a/:b', statusCode }
      recorder.recordRequest({ ...request, durationSeconds: seconds })
      const outcome = statusCode < 500 ? 'success' : 'server_error'
      recorder.recordJob({ customer, name: 'job', outcome, durationSeconds: seconds })
    }
    const headers = { 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' }
    const payload = JSON.stringify(beaconOf(seconds))
    await app.inject({ method: 'POST', url: '/cx/beacon', headers, payload })
  }
  process.on('message', (message) => void work(message as Work))
  await ready
  process.send!('ready')
}

const serveInWorkers = async (count: number): Promise<void> => {
  const workers = Array.from({ length: count }, () => cluster.fork())
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  process.on('message', (message) => {
    for (const worker of workers) worker.send(message as Work)
  })
  process.send!('ready')
}

// No orphan of a test that was killed.
process.once('disconnect', () => process.exit())

const workerCount = Number(process.argv[2] ?? 0)
if (cluster.isPrimary && workerCount > 0) await serveInWorkers(workerCount)
else await serve()
