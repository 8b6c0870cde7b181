import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Account, Accounts } from './accounts.ts'
import { ApiProblem } from './api-problem.ts'
import { type Behaviour, type BehaviourOptions, createBehaviour } from './behaviour.ts'
import { sessionCookie } from './cookies.ts'
import { problemResponses } from './error-body.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { localPart, refuseWeak } from './signup.ts'
import { passwordChangeBody } from './signup-fields.ts'

export interface AccountOptions extends BehaviourOptions {
  readonly accounts: Accounts
}

const usual: Behaviour = { fromMilliseconds: 10, toMilliseconds: 50, faults: [500] }

const accountSchema = {
  type: 'object',
  required: ['name', 'company', 'isFirstSession'],
  properties: {
    name: { type: 'string' },
    company: { type: 'string' },
    isFirstSession: { type: 'boolean' },
  },
} as const

const documented = (summary: string, statuses: readonly number[], extra: object = {}) => ({
  schema: {
    summary,
    tags: ['account'],
    ...extra,
    response: problemResponses([401, 500, ...statuses]),
  },
})

/** What the product knows of the person who uses it. */
export const account = (app: FastifyInstance, options: AccountOptions): void => {
  const { accounts, random, sleep } = options
  const behave = createBehaviour({ random, sleep })
  const changePassword = createBehaviour(options)

  /** @throws {ApiProblem} when nobody is signed in */
  const signedIn = (request: FastifyRequest): { id: string; account: Account } => {
    const id = sessionCookie.read(request) ?? ''
    const found = accounts.ofSession(id)
    if (found) return { id, account: found }
    throw new ApiProblem(401, 'Nobody is signed in', { code: 'no-session' })
  }

  const described = documented('Who is signed in', [])
  app.get(
    '/api/account',
    {
      schema: {
        ...described.schema,
        response: { 200: accountSchema, ...described.schema.response },
      },
    },
    async (request, reply) => {
      const fault = await behave(usual, request, reply)
      return fault ?? signedIn(request).account
    },
  )

  app.post(
    '/api/account/welcomed',
    documented('The first documents were shown', []),
    async (request, reply) => {
      signedIn(request).account.isFirstSession = false
      return reply.code(204).send()
    },
  )

  app.put<{ Body: { readonly current: string; readonly password: string } }>(
    '/api/account/password',
    documented('Change the password', [400, 403, 413, 429, 503], { body: passwordChangeBody }),
    async (request, reply) => {
      const fault = await changePassword(usual, request, reply)
      if (fault) return fault
      const { account: found, id } = signedIn(request)
      const { current, password } = request.body
      if (!(await isPassword(found.passwordHash, current))) {
        throw new ApiProblem(403, 'That is not the current password', {
          code: 'wrong',
          field: 'current',
        })
      }
      refuseWeak(password, [found.email, localPart(found.email), found.company])
      accounts.changePassword(id, await hashPassword(password))
      return reply.code(204).send()
    },
  )
}
