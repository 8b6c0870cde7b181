import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Notification } from '../../scripts/stack/on-call-inbox.ts'
import { freePorts } from '../../scripts/stack/ports.ts'
import { type Stack, startStack } from '../../scripts/stack/stack.ts'

const scrapeSeconds = 1
/** Milliseconds. A new series stands at 0 for two scrapes, and rules look every five seconds. */
export const untilSeen = 5 * scrapeSeconds * 1000

type Labels = Readonly<Record<string, string>>

/** A stack of the test's own, whose service fails only when it is told to. */
export interface AlertingStack {
  readonly serviceUrl: string
  breakService(how: object): Promise<void>
  mendService(): Promise<void>
  /** Waits until Prometheus has such an alert firing. */
  untilFiring(labels: Labels): Promise<void>
  /** What was told of an objective, to whomever, the oldest first. */
  toldOf(objective: string): Promise<readonly Notification[]>
  /** Of those, the pages and their ends, as `platform: page firing`. */
  pagesOf(objective: string): Promise<readonly string[]>
  stop(): Promise<void>
}

export const startAlertingStack = async (): Promise<AlertingStack> => {
  const folder = await mkdtemp(join(tmpdir(), 'cx-alerting-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  const stack = await startIn(folder).catch(async (error: unknown) => {
    await removeFolder()
    throw error
  })
  const toldOf = (objective: string) => notificationsOf(stack, objective)
  return {
    serviceUrl: stack.serviceUrl,
    breakService: (how) => putSwitch(stack, 'PUT', JSON.stringify({ mode: 'errors', ...how })),
    mendService: () => putSwitch(stack, 'DELETE'),
    untilFiring: (labels) =>
      until(`${JSON.stringify(labels)} fires`, 60, () => isFiring(stack, labels)),
    toldOf,
    pagesOf: async (objective) => (await toldOf(objective)).filter(isPage).map(inShort),
    stop: async () => {
      await stack.stop()
      await removeFolder()
    },
  }
}

const startIn = async (folder: string): Promise<Stack> =>
  startStack({
    ports: await freePorts(),
    scrapeSeconds,
    folder,
    log: () => {},
    serviceEnv: { SAMPLE_FAULTS: 'off' },
  })

const putSwitch = async (
  { serviceUrl }: Stack,
  method: 'PUT' | 'DELETE',
  body?: string,
): Promise<void> => {
  const { ok } = await fetch(`${serviceUrl}/breakage`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body }),
  })
  if (!ok) throw new Error('the switch of some-service did not work')
}

const isFiring = async ({ prometheusUrl }: Stack, wanted: Labels): Promise<boolean> => {
  const response = await fetch(`${prometheusUrl}/api/v1/alerts`)
  const { data }: { data: { alerts: { readonly state: string; readonly labels: Labels }[] } } =
    await response.json()
  return data.alerts.some(
    ({ labels, state }) =>
      state === 'firing' && Object.entries(wanted).every(([name, value]) => labels[name] === value),
  )
}

const notificationsOf = async (
  { inboxUrl }: Stack,
  objective: string,
): Promise<readonly Notification[]> => {
  const response = await fetch(`${inboxUrl}/notifications`)
  const all: readonly Notification[] = await response.json()
  return all.filter(({ commonLabels }) => commonLabels['objective'] === objective).toReversed()
}

const isPage = ({ commonLabels }: Notification): boolean => commonLabels['severity'] === 'page'

/** `platform: page firing` */
export const inShort = ({ commonLabels, status, team }: Notification): string =>
  `${team}: ${commonLabels['severity']} ${status}`

/** @throws Error that says what did not come within so many seconds */
export const until = async (
  what: string,
  seconds: number,
  holds: () => Promise<boolean>,
): Promise<void> => {
  const end = Date.now() + seconds * 1000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
    await sleep(500)
  }
}
