import { version } from 'react'
import { describeError } from './describe-error.ts'
import { isMarked, mark } from './marks.ts'
import { type Ownership, pageState, type Told } from './page-state.ts'

const mostEarly = 20

/**
 * Reports an error that code has caught, once however often it is seen.
 * Never throws. What comes before `startErrorReporting` waits for it.
 */
export const reportError = (error: unknown, { boundary, feature, owner }: Ownership = {}): void =>
  tell({ error, owner, feature, boundary, source: 'reported' })

/** Every error comes through here, whoever saw it. */
export const tell = (told: Told): void => {
  try {
    claim(told.error)
    if (isMarked(told.error)) return
    mark(told.error)
    const dated = { at: Date.now(), ...told }
    if (pageState.take) pageState.take(dated)
    else if (typeof document === 'object' && pageState.early.length < mostEarly)
      pageState.early.push(dated)
  } catch {
    // To report must never break what is reported.
  }
}

/** Window saw it as well, and shall not report it. */
export const claim = (error: unknown): void => {
  const { unclaimed } = pageState
  for (let index = unclaimed.length - 1; index >= 0; index -= 1)
    if (isSame(unclaimed[index]?.error, error)) unclaimed.splice(index, 1)
}

/**
 * React 18 renders what throws up to three times, in development, and each time shows window a new error;
 * its boundary gets another. They are alike, though.
 */
export const isSame = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (Number.parseInt(version) >= 19 || typeof one !== typeof other) return false
  const [first, second] = [describeError(one), describeError(other)]
  return first.name === second.name && first.message === second.message
}
