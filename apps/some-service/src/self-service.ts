import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsync } from 'fastify'
import { account } from './account.ts'
import { createAccounts } from './accounts.ts'
import { answerProblem } from './api-problem.ts'
import type { Breakable } from './breakage.ts'
import type { BehaviourOptions } from './behaviour.ts'
import { signup, type SignupOptions } from './signup.ts'

/** Of one address; an office may share one, and a whole signup is nine requests. */
const requestsIn10Seconds = 600
const rememberedAddresses = 10_000

export interface SelfServiceOptions extends Omit<SignupOptions, 'accounts' | 'broken'> {
  /** What the switch demands for a feature. */
  readonly broken: (feature: Breakable) => NonNullable<BehaviourOptions['broken']>
}

/** What people do for themselves: sign up, and look after their account. */
export const selfService: FastifyPluginAsync<SelfServiceOptions> = async (
  app,
  { broken, ...options },
) => {
  const accounts = createAccounts(options.now)
  app.setErrorHandler(answerProblem)
  await app.register(cookie)
  await app.register(rateLimit, {
    max: requestsIn10Seconds,
    timeWindow: 10_000,
    cache: rememberedAddresses,
  })
  // Nobody else's business, and old the moment it is sent.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  signup(app, { ...options, accounts, broken: broken('self-signup') })
  account(app, { ...options, accounts, broken: broken('password-field') })
}
