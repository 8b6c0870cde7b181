import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from './accounts.ts'
import { ApiProblem } from './api-problem.ts'
import { type Behaviour, type BehaviourOptions, createBehaviour } from './behaviour.ts'
import { problemResponses } from './error-body.ts'
import { hashPassword } from './password-hash.ts'
import { weaknessOf } from './password-rules.ts'
import { draftCookie, sessionCookie } from './cookies.ts'
import {
  type AccountValues,
  type CompanyValues,
  completedSteps,
  createDrafts,
  type Draft,
  missingBefore,
  newId,
  signupSteps,
  type SignupStep,
} from './signup-draft.ts'
import { stepBodies } from './signup-fields.ts'

export interface SignupOptions extends BehaviourOptions {
  readonly accounts: Accounts
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

const usual: Behaviour = { fromMilliseconds: 20, toMilliseconds: 80, faults: [500] }

const stateSchema = {
  type: 'object',
  required: ['completed', 'values', 'expired'],
  properties: {
    completed: { type: 'array', items: { type: 'string', enum: signupSteps } },
    values: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        email: { type: 'string' },
        company: { type: 'string' },
        size: { type: 'string' },
      },
    },
    expired: { type: 'boolean' },
  },
} as const

/**
 * Self-signup in four steps. Each answers what is known so far; each may be sent again, with the same end,
 * since people double-click, go back, and reload in the middle of it.
 */
export const signup = (app: FastifyInstance, options: SignupOptions): void => {
  const { accounts, now } = options
  const behave = createBehaviour(options)
  const drafts = createDrafts(now)

  const draftOf = (request: FastifyRequest): Draft | undefined => {
    const id = draftCookie.read(request)
    return id === undefined ? undefined : drafts.get(id)
  }

  /** @throws {ApiProblem} when the draft is gone, or a step before is missing */
  const draftFor = (step: SignupStep, request: FastifyRequest): Draft => {
    const draft = draftOf(request)
    if (!draft && draftCookie.read(request) !== undefined) {
      throw new ApiProblem(410, 'The signup has expired; begin again', { code: 'expired' })
    }
    const missing = missingBefore(step, draft ?? {})
    if (draft && !missing) return draft
    throw new ApiProblem(409, `The step ${missing} comes first`, {
      code: 'step-missing',
      missing: missing ?? 'account',
    })
  }

  const refuseTaken = (email: string): void => {
    if (!accounts.has(email)) return
    throw new ApiProblem(409, 'There is an account with this address', {
      code: 'taken',
      field: 'email',
    })
  }

  const takeAccount = (request: FastifyRequest, reply: FastifyReply): Draft => {
    const { email, name } = request.body as AccountValues
    const account = { name: name.trim(), email }
    const known = draftOf(request)
    // A signup that came to its end is not this one.
    const draft = known && known.sessionId === undefined ? known : {}
    refuseTaken(email)
    if (draft !== known) {
      const id = newId()
      drafts.set(id, draft)
      draftCookie.write(reply, id)
    }
    if (!sameValues(draft.account, account)) delete draft.passwordHash
    draft.account = account
    return draft
  }

  const takeCompany = (request: FastifyRequest): Draft => {
    const draft = draftFor('company', request)
    const { company: name, size } = request.body as CompanyValues
    const company = { company: name.trim(), size }
    if (!sameValues(draft.company, company)) delete draft.passwordHash
    draft.company = company
    return draft
  }

  const takePassword = async (request: FastifyRequest): Promise<Draft> => {
    const draft = draftFor('password', request)
    const { password } = request.body as { readonly password: string }
    const { account, company } = draft
    refuseWeak(password, [account?.email ?? '', localPart(account?.email), company?.company ?? ''])
    const passwordHash = await hashPassword(password)
    // While it was hashed, another tab may have changed whom it must not name.
    if (draft.account === account && draft.company === company) draft.passwordHash = passwordHash
    return draft
  }

  const confirm = (request: FastifyRequest, reply: FastifyReply): Draft => {
    const draft = draftFor('confirm', request)
    const { account, company, passwordHash } = draft
    if (draft.sessionId === undefined && account && company && passwordHash !== undefined) {
      refuseTaken(account.email)
      draft.sessionId = accounts.create({ ...account, ...company, passwordHash })
    }
    sessionCookie.write(reply, draft.sessionId as string)
    return draft
  }

  const take = { account: takeAccount, company: takeCompany, password: takePassword, confirm }

  app.get(
    '/api/signup',
    {
      schema: {
        summary: 'What a person has given so far',
        tags: ['signup'],
        response: { 200: stateSchema, ...problemResponses([500]) },
      },
    },
    async (request, reply) => {
      const fault = await behave(usual, request, reply)
      const draft = draftOf(request)
      return fault ?? stateOf(draft, !draft && draftCookie.read(request) !== undefined)
    },
  )

  for (const step of signupSteps) {
    app.post(
      `/api/signup/${step}`,
      {
        schema: {
          summary: `Complete the step ${step}`,
          tags: ['signup'],
          body: stepBodies[step],
          response: { 200: stateSchema, ...problemResponses([400, 409, 410, 413, 429, 500, 503]) },
        },
      },
      async (request, reply) => {
        const fault = await behave(usual, request, reply)
        return fault ?? stateOf(await take[step](request, reply), false)
      },
    )
  }
}

/** @throws {ApiProblem} */
export const refuseWeak = (password: string, personal: readonly string[]): void => {
  const weakness = weaknessOf(password, personal)
  if (weakness === undefined) return
  throw new ApiProblem(400, `The password is ${weakness}`, { code: weakness, field: 'password' })
}

export const localPart = (email = ''): string => email.split('@')[0] as string

const stateOf = (draft: Draft | undefined, expired: boolean) => ({
  completed: completedSteps(draft ?? {}),
  // Of a signup that came to its end nothing is shown any more.
  values: draft?.sessionId === undefined ? { ...draft?.account, ...draft?.company } : {},
  expired,
})

const sameValues = (before: object | undefined, after: object): boolean =>
  JSON.stringify(before) === JSON.stringify(after)
