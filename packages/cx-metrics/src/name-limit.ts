import { warnOnce } from './warn-once.ts'

const mostNames = 1000
const restOfNames = 'other'

/** Lets a thousand names through; the rest are `other`, since each would be a series for good. */
export const createNameLimit = (kind: string, mistakenFor: string): ((name: string) => string) => {
  const known = new Set<string>()
  return (name) => {
    if (known.has(name)) return name
    if (known.size >= mostNames) {
      warnOnce(
        `more than ${mostNames} ${kind} were recorded; ${mistakenFor}? The rest are ${restOfNames}`,
      )
      return restOfNames
    }
    known.add(name)
    return name
  }
}
