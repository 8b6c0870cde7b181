import { type Duration, minutes } from './duration.ts'

/** How many events an objective expects, on average over its window. */
export interface Traffic {
  readonly perHour: number
}

/** `perHour(600)` is 10 a minute. */
export const perHour = (count: number): Traffic => ({ perHour: count })

interface Expecting {
  readonly traffic?: Traffic
}

/** What alerts expect: as good as nothing where nothing is declared. */
export const expectedPerHour = ({ traffic }: Expecting): number => traffic?.perHour ?? 60

/** Where a request comes every minute, a few quiet ones are no recovery: fifteen times the usual pause is waited for, from 1 minute to 30. */
export const quietBeforeOver = (of: Expecting): Duration => {
  const pause = 3600 / expectedPerHour(of)
  return minutes(Math.min(30, Math.max(1, Math.ceil((15 * pause) / 60))))
}
