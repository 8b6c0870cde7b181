import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { datadogSet, monitor } from '../../fakes/datadog-set.ts'
import { datadogSubject } from '../../fakes/datadog-subject.ts'
import { datadogAccess } from '../publishers/datadog-access.ts'
import { connectDatadog } from '../publishers/datadog-api.ts'
import { planDatadog } from './datadog-plan.ts'

/** What `npm run test:datadog` sets, so that nothing else ever asks a Datadog that happens to be in the environment. */
const isReal = process.env['TEST_REAL_DATADOG'] === 'yes'

/** Lets nothing through that writes. */
const readOnly: typeof fetch = async (input, init) => {
  const { method = 'GET' } = init ?? {}
  if (method !== 'GET' && !String(input).endsWith('/validate')) {
    throw new Error(`${method} would write`)
  }
  return fetch(input, init)
}

const connect = async () => {
  if (!isReal) return (await datadogSubject()).connect({ request: readOnly })
  const { env } = process
  return connectDatadog(await datadogAccess(env['DD_SITE'] || 'datadoghq.com', env), {
    request: readOnly,
  })
}

const patience = { timeout: 120_000 }

describe(isReal ? 'a real Datadog' : 'a fake Datadog', () => {
  test(
    'knows the keys, lists what there is, and has nothing of a set that nobody published',
    patience,
    async () => {
      const uid = `cxtest${randomBytes(5).toString('hex')}`
      const steps = await planDatadog(datadogSet(), uid, await connect(), { prune: true })
      expect(steps.map(({ action }) => action)).toEqual(datadogSet().map(() => 'create'))
    },
  )

  test(
    'takes a valid monitor, and says why it refuses another, without making either',
    patience,
    async () => {
      const datadog = await connect()
      await datadog.validateMonitor(monitor('valid').json)
      await expect(
        datadog.validateMonitor(monitor('broken', { query: 'nonsense' }).json),
      ).rejects.toThrow('the monitor is not valid: Datadog answered 400')
    },
  )
})
