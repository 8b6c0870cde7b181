import { request } from '../request.ts'

export interface Account {
  readonly name: string
  readonly company: string
  /** Until the first documents were shown. */
  readonly isFirstSession: boolean
}

let asked: Promise<Account | undefined> | undefined

/**
 * Who is signed in, if anybody; asked once, for all who want to know.
 * @throws {RequestFailure}, and asks anew the next time
 */
export const loadAccount = (): Promise<Account | undefined> => {
  asked ??= request<Account>('GET', '/api/account').then(
    (answer) => (answer.refusal ? undefined : answer.value),
    (error: unknown) => {
      asked = undefined
      throw error
    },
  )
  return asked
}
