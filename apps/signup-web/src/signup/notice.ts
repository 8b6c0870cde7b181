import type { copy } from '../copy.ts'

/** Why a person is shown another step than the one that was asked for. */
export type Notice = keyof typeof copy.signup.notices

/** In memory: an address that says it would say it again after a reload. */
let waiting: Notice | undefined

export const setNotice = (notice: Notice): void => {
  waiting = notice
}

export const takeNotice = (): Notice | undefined => {
  const notice = waiting
  waiting = undefined
  return notice
}
