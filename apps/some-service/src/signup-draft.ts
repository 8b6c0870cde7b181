import { randomBytes } from 'node:crypto'
import { type BoundedMap, createBoundedMap } from './bounded-map.ts'

export const signupSteps = ['account', 'company', 'password', 'confirm'] as const
export type SignupStep = (typeof signupSteps)[number]

export interface AccountValues {
  readonly name: string
  readonly email: string
}

export interface CompanyValues {
  readonly company: string
  readonly size: string
}

/** What a person has given so far. It lives here, so that neither a URL nor a browser's storage knows it. */
export interface Draft {
  account?: AccountValues
  company?: CompanyValues
  passwordHash?: string
  /** The session in the product, once the account is there: a second confirmation leads to the same. */
  sessionId?: string
}

const idleMilliseconds = 30 * 60_000
const mostDrafts = 10_000

/** By an id that only the browser's cookie knows. */
export const createDrafts = (now: () => number): BoundedMap<Draft> =>
  createBoundedMap({ idleMilliseconds, mostEntries: mostDrafts, now })

/** 256 bits: nobody guesses it, and it says nothing. */
export const newId = (): string => randomBytes(32).toString('base64url')

export const completedSteps = (draft: Draft): SignupStep[] => {
  const given = {
    account: draft.account,
    company: draft.company,
    password: draft.passwordHash,
    confirm: draft.sessionId,
  }
  return signupSteps.filter((step) => given[step] !== undefined)
}

/** The first step before this one that has not been completed. */
export const missingBefore = (step: SignupStep, draft: Draft): SignupStep | undefined => {
  const completed = completedSteps(draft)
  return signupSteps
    .slice(0, signupSteps.indexOf(step))
    .find((earlier) => !completed.includes(earlier))
}
