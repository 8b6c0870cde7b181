import { scrubErrorName, scrubMessage } from './scrub-message.ts'
import { scrubComponentStack, scrubDatadogStack } from './scrub-stack.ts'
import { type Statics, setsOf } from './scrub-statics.ts'
import { pageOf, scrubUrl } from './scrub-url.ts'

/** Gives back what may be sent of a value, or nothing. */
export type Kind = (value: unknown, statics: Statics) => unknown
export interface Shape {
  readonly [key: string]: Kind | Shape
}

/** A copy with the keys and kinds of a shape, and nothing else. */
export const rebuild = (shape: Shape, value: unknown, statics: Statics): object | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const kept = Object.entries(shape).flatMap(([key, of]) => {
    const given: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
    if (given === undefined || given === null) return []
    const clean = typeof of === 'function' ? of(given, statics) : rebuild(of, given, statics)
    return clean === undefined ? [] : [[key, clean] as const]
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

export const number: Kind = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined
export const flag: Kind = (value) => (typeof value === 'boolean' ? value : undefined)
export const oneOf =
  (...values: readonly unknown[]): Kind =>
  (value) =>
    values.includes(value) ? value : undefined

const matching =
  (pattern: RegExp): Kind =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined

export const uuid = matching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i)
/** A span's or trace's, decimal or hexadecimal. */
export const traceId = matching(/^[\da-f]{1,32}$/i)
/** Of an SDK: 7.16.2 */
export const release = matching(/^\d{1,3}\.\d{1,3}\.\d{1,5}$/)
/** What a build gives itself: 1.2.3-rc.1 or a commit. */
export const version = matching(/^[\w.+-]{1,64}$/)
/** Of the catalog, which makes names in code: `self-signup`. */
export const catalogName = matching(/^[a-z][\da-z_-]{0,63}$/)
/** Links made by Datadog's SDK alone: an id, a view and a time. */
export const replayLink: Kind = (value) =>
  typeof value === 'string' &&
  /^https:\/\/[\w.-]+\/rum\/replay\/sessions\/[\da-f-]{36}\?(?:[a-z_]+=[\w-]*&?)*$/.test(value)
    ? value
    : undefined
export const fingerprint = matching(/^[\da-z]{1,16}$/)

export const url: Kind = (value, statics) => scrubUrl(value, statics)
/** Nothing where a page was opened directly; where somebody came from is not ours to tell. */
export const referrer: Kind = (value, statics) => (value === '' ? '' : scrubUrl(value, statics))
export const page: Kind = (value, statics) => pageOf(value, statics)
export const message: Kind = (value, statics) => scrubMessage(value, statics)
export const errorName: Kind = (value, statics) => scrubErrorName(value, statics)
export const stack: Kind = (value, statics) => scrubDatadogStack(value, statics)
export const componentStack: Kind = (value, statics) =>
  scrubComponentStack(value, statics) || undefined
export const declaredName: Kind = (value, statics) =>
  typeof value === 'string' && setsOf(statics).names.has(value) ? value : undefined

/** What the SDK calls things when it masks, and texts and names that the app declared. */
export const actionName: Kind = (value, statics) => {
  const { names, texts } = setsOf(statics)
  return typeof value === 'string' && (names.has(value) || texts.has(value))
    ? value
    : maskedActionName
}
const maskedActionName = 'Masked Element'

export const listOf =
  (item: Kind | Shape, most = 100): Kind =>
  (value, statics) =>
    Array.isArray(value)
      ? value.slice(0, most).flatMap((entry: unknown) => {
          const clean =
            typeof item === 'function' ? item(entry, statics) : rebuild(item, entry, statics)
          return clean === undefined ? [] : [clean]
        })
      : undefined

/** Keys that the app declared, each with a value of one kind. */
export const recordOf =
  (item: Kind): Kind =>
  (value, statics) => {
    if (typeof value !== 'object' || value === null) return undefined
    const { names } = setsOf(statics)
    const kept = Object.entries(value).flatMap(([key, entry]) => {
      const clean = names.has(key) ? item(entry, statics) : undefined
      return clean === undefined ? [] : [[key, clean] as const]
    })
    return kept.length > 0 ? Object.fromEntries(kept) : undefined
  }
