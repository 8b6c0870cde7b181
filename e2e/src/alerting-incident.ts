import { setTimeout as sleep } from 'node:timers/promises'
import { type AlertingStack, until, untilSeen } from './alerting-stack.ts'
import { type CountedRequest, type CountedTraffic, countedTraffic } from './counted-traffic.ts'

/** One objective of each team of the sample. */
export const objectives = [
  'documents-availability',
  'signup-availability',
  'password-availability',
] as const

/** What was sent to the feature of each team. */
export interface SentTraffic {
  readonly documents: CountedTraffic
  readonly signups: CountedTraffic
  readonly passwords: CountedTraffic
}

export const read = (customer: string): CountedRequest => ({
  method: 'GET',
  path: '/api/documents/document-1',
  customer,
})
const everybody = ['contoso', 'fabrikam', 'initech'].map(read)
const signup: CountedRequest = { method: 'GET', path: '/api/signup' }
export const changePassword: CountedRequest = {
  method: 'PUT',
  path: '/api/account/password',
  body: { current: 'a long walk by the sea', password: 'a short walk by the sea' },
}

/**
 * Nearly all is well for a while; Contoso sends little. A failure each, since of a series that has just begun, increase()
 * knows too little to be exact.
 */
export const beWell = async (stack: AlertingStack): Promise<SentTraffic> => {
  const newTraffic = () => countedTraffic(stack.serviceUrl)
  const traffic = { documents: newTraffic(), signups: newTraffic(), passwords: newTraffic() }
  await traffic.documents.send(everybody.slice(1), 1100)
  await traffic.signups.send([signup], 150)
  await traffic.passwords.send([changePassword], 40)
  await sleep(untilSeen)
  await failForAll(stack, traffic, [everybody.length, 1, 1])
  await sleep(untilSeen)
  return traffic
}

/** An outage for all, of one feature of each team, until each team's page fires. */
export const breakDown = async (stack: AlertingStack, traffic: SentTraffic): Promise<void> => {
  await failForAll(stack, traffic, [300, 60, 40])
  for (const objective of objectives) await stack.untilFiring({ objective, severity: 'page' })
}

const failForAll = async (
  { breakService, mendService }: AlertingStack,
  { documents, passwords, signups }: SentTraffic,
  [ofDocuments, ofSignups, ofPasswords]: readonly [number, number, number],
): Promise<void> => {
  await breakService({ feature: 'documents' })
  await documents.send(everybody, ofDocuments)
  await breakService({ feature: 'self-signup' })
  await signups.send([signup], ofSignups)
  await breakService({ feature: 'password-field' })
  await passwords.send([changePassword], ofPasswords)
  await mendService()
}

/** So many good requests that the share of failures is soon below every page's line, but for the passwords, which few change. */
export const recover = async ({ documents, signups }: SentTraffic): Promise<void> => {
  await Promise.all([documents.send(everybody, 9000), signups.send([signup], 2500)])
}

/** Waits until each team was paged. */
export const untilAllArePaged = ({ pagesOf }: AlertingStack): Promise<void> =>
  until('three pages', 90, async () => {
    const pages = await Promise.all(objectives.map(pagesOf))
    return pages.every((told) => told.length > 0)
  })

/** Waits until the pages of some objectives are told to be over. */
export const untilResolved = (
  { pagesOf }: AlertingStack,
  awaited: readonly string[],
  seconds: number,
): Promise<void> =>
  until(`the end of ${awaited.join(', ')}`, seconds, async () => {
    const pages = await Promise.all(awaited.map(pagesOf))
    return pages.every((told) => told.some((each) => each.endsWith('resolved')))
  })
