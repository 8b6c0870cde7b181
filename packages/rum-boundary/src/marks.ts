import { pageState } from './page-state.ts'

/**
 * How long a thrown string is taken for the one that was just reported, and how long window's errors wait
 * for a boundary. React renders again before its boundaries know, and window tells of a rejection in a task of its own.
 */
export const claimMilliseconds = 50

const mostRecent = 20

/** Never by a property: an error may be frozen, a proxy, or no object at all. */
export const isMarked = (error: unknown): boolean =>
  isObject(error) ? pageState.marked.has(error) : pageState.recent.includes(error)

export const mark = (error: unknown): void => {
  if (isObject(error)) {
    pageState.marked.add(error)
    return
  }
  const { recent } = pageState
  if (recent.push(error) > mostRecent) recent.shift()
  setTimeout(() => {
    const index = recent.indexOf(error)
    if (index >= 0) recent.splice(index, 1)
  }, claimMilliseconds)
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
