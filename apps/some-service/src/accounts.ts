import { createBoundedMap } from './bounded-map.ts'
import { type AccountValues, type CompanyValues, newId } from './signup-draft.ts'

export interface Account extends AccountValues, CompanyValues {
  passwordHash: string
  /** Until the first documents were shown. */
  isFirstSession: boolean
}

export interface Accounts {
  has(email: string): boolean
  /** @returns the id of a session in the product */
  create(account: Omit<Account, 'isFirstSession'>): string
  ofSession(sessionId: string): Account | undefined
  /** Ends every other session of the account. */
  changePassword(sessionId: string, passwordHash: string): void
}

const mostAccounts = 10_000
const idleMilliseconds = 12 * 3_600_000

interface Session {
  readonly email: string
  /** Of the account, when the session began. */
  passwordHash: string
}

/** In memory, as everything in the sample: what is not used for half a day is gone. */
export const createAccounts = (now: () => number): Accounts => {
  const bounds = { mostEntries: mostAccounts, idleMilliseconds, now }
  const accounts = createBoundedMap<Account>(bounds)
  const sessions = createBoundedMap<Session>(bounds)

  const ofSession = (sessionId: string): Account | undefined => {
    const session = sessions.get(sessionId)
    const account = session && accounts.get(session.email)
    return account?.passwordHash === session?.passwordHash ? account : undefined
  }

  return {
    has: (email) => accounts.get(keyOf(email)) !== undefined,
    create: (account) => {
      const { email, passwordHash } = account
      const sessionId = newId()
      accounts.set(keyOf(email), { ...account, isFirstSession: true })
      sessions.set(sessionId, { email: keyOf(email), passwordHash })
      return sessionId
    },
    ofSession,
    changePassword: (sessionId, passwordHash) => {
      const account = ofSession(sessionId)
      const session = sessions.get(sessionId)
      if (!account || !session) return
      account.passwordHash = passwordHash
      session.passwordHash = passwordHash
    },
  }
}

/** People write their address in capitals now and then; no provider in use tells the two apart. */
const keyOf = (email: string): string => email.normalize('NFC').toLowerCase()
