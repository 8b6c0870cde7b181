import { request } from '../request.ts'
import type { Step } from './steps.ts'

/** What the service knows of this browser's signup. */
export interface SignupState {
  readonly completed: readonly Step[]
  readonly values: SignupValues
  readonly expired: boolean
}

export interface SignupValues {
  readonly name?: string
  readonly email?: string
  readonly company?: string
  readonly size?: string
}

/** @throws {RequestFailure} */
export const loadState = async (signal: AbortSignal): Promise<SignupState> => {
  const answer = await request<SignupState>('GET', '/api/signup', { signal })
  if (answer.refusal) throw new Error(answer.refusal.code)
  return answer.value
}
