import { scrubErrorName, scrubMessage } from './scrub-message.ts'
import { scrubStack } from './scrub-stack.ts'
import type { Statics } from './scrub-statics.ts'

/** An error as it may leave the page. */
export interface ScrubbedError {
  readonly name: string
  readonly message: string
  /** As V8 writes it, with its first line; without causes. */
  readonly stack: string
}

/** Whatever was thrown; never throws and never changes it. */
export const scrubError = (error: unknown, statics: Statics): ScrubbedError => {
  const said = read(error, 'message')
  const raw = typeof error === 'string' ? error : said
  const name = scrubErrorName(read(error, 'name'), statics)
  const message = scrubMessage(raw, statics)
  const frames = scrubStack(withoutHead(read(error, 'stack'), raw), statics)
  return { name, message, stack: `${name}: ${message}${frames && `\n${frames}`}` }
}

/** A getter or a proxy may throw, or run for the side effect. */
const read = (value: unknown, property: string): unknown => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  try {
    return Reflect.get(value, property)
  } catch {
    return undefined
  }
}

/** V8 begins a stack with the message, whose lines may look like frames. */
const withoutHead = (stack: unknown, message: unknown): unknown => {
  if (typeof stack !== 'string' || typeof message !== 'string' || message === '') return stack
  const at = stack.indexOf(message)
  const head = stack.slice(0, Math.max(at, 0))
  return at >= 0 && /^(?:[^\n]*: )?$/.test(head) ? stack.slice(at + message.length) : stack
}
