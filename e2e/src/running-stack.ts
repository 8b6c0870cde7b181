import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runTraffic } from 'load/embedded-runner'
import { runJourneys } from 'load/journeys'
import type { TestProject } from 'vitest/node'
import { freePorts } from '../../scripts/stack/ports.ts'
import { startStack } from '../../scripts/stack/stack.ts'

export interface StackUrls {
  readonly service: string
  readonly metrics: string
  readonly prometheus: string
  readonly alertmanager: string
  readonly inbox: string
  readonly preview: string
  readonly signup: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    urls: StackUrls
  }
}

const scrapeSeconds = 1
/** Enough for every step and owner to show something; told by requests, since a browser takes minutes. */
const journeysToTake = 100

/** Starts the stack, lets real traffic run with one customer worse off than the other, and leaves it to the tests. */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'cx-e2e-'))
  const stack = await startStack({ ports: await freePorts(), scrapeSeconds, folder, log: () => {} })
  const stop = async () => {
    await stack.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const {
      alertmanagerUrl,
      inboxUrl,
      metricsUrl,
      previewUrl,
      prometheusUrl,
      serviceUrl,
      signupUrl,
    } = stack
    const [{ scenarios }, signups] = await Promise.all([
      troubledTraffic(serviceUrl),
      runJourneys({ baseUrl: signupUrl, count: journeysToTake }),
    ])
    console.log(
      `traffic: ${scenarios.map(({ name, requests }) => `${name} ${requests}`).join(', ')}, ` +
        `${signups.journeys} signups begun and ${signups.completed} completed`,
    )
    // A series is new, and held at 0, for two scrapes; then it must be scraped.
    await sleep(4 * scrapeSeconds * 1000)
    project.provide('urls', {
      service: serviceUrl,
      metrics: metricsUrl,
      prometheus: prometheusUrl,
      alertmanager: alertmanagerUrl,
      inbox: inboxUrl,
      preview: previewUrl,
      signup: signupUrl,
    })
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Both customers meet failures, so that both are impacted for certain, and Fabrikam meets more. */
const troubledTraffic = async (serviceUrl: string) => {
  await breakService(serviceUrl, { share: 0.1 })
  const traffic = runTraffic({ baseUrl: serviceUrl, factor: 0.1 })
  await sleep(15_000)
  await breakService(serviceUrl, { share: 0.5, customer: 'fabrikam' })
  return traffic
}

const breakService = async (serviceUrl: string, how: object): Promise<void> => {
  const { ok } = await fetch(`${serviceUrl}/breakage`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'errors', ...how }),
  })
  if (!ok) throw new Error('the switch of some-service did not work')
}
