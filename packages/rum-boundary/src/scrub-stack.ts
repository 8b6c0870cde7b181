import { placeholderOrigin, isOwnOrigin } from './scrub-url.ts'
import { type Statics, setsOf } from './scrub-statics.ts'

const mostFrames = 50
const mostLines = 500

export interface Frame {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Frames of the app's own scripts: file, line, column. */
export const framesOf = (stack: unknown, statics: Statics): Frame[] => {
  if (typeof stack !== 'string') return []
  return stack
    .split('\n', mostLines)
    .flatMap((line) => frameOf(line, statics) ?? [])
    .slice(0, mostFrames)
}

/**
 * As V8 writes a stack, without its first line. V8 names functions by computed keys, so that a name may
 * be what somebody typed: only declared ones are kept.
 */
export const scrubStack = (stack: unknown, statics: Statics): string =>
  framesOf(stack, statics)
    .map(({ column, file, line, name }) => `    at ${name} (${file}:${line}:${column})`)
    .join('\n')

/** As Datadog's SDK writes it. */
export const scrubDatadogStack = (stack: unknown, statics: Statics): string =>
  framesOf(stack, statics)
    .map(({ column, file, line, name }) => `  at ${name} @ ${file}:${line}:${column}`)
    .join('\n')

/** Declared components alone, as React lists them from the inside out. */
export const scrubComponentStack = (stack: unknown, statics: Statics): string => {
  if (typeof stack !== 'string') return ''
  const { names } = setsOf(statics)
  return stack
    .split('\n', mostLines)
    .flatMap((line) => {
      const name = /^\s*(?:at\s+)?([\w$.]+)/.exec(line)?.[1]
      return name !== undefined && names.has(name) ? [`    at ${name}`] : []
    })
    .slice(0, mostFrames)
    .join('\n')
}

const frameOf = (line: string, statics: Statics): Frame | undefined => {
  if (line.length > 2000) return undefined
  const place = /(https?:\/\/[^\s()@]+?):(\d{1,9})(?::(\d{1,9}))?\)?\s*$/.exec(line)
  const file = place?.[1] === undefined ? undefined : scriptOf(place[1], statics)
  if (!place || file === undefined) return undefined
  return {
    name: functionName(line.slice(0, place.index), statics),
    file,
    line: Number(place[2]),
    column: Number(place[3] ?? 1),
  }
}

/** V8: `at async name (`; Firefox and Safari: `name@`; Datadog's SDK: `at name @ `. */
const functionName = (before: string, statics: Statics): string => {
  const name = before
    .trim()
    .replace(/^at\s+/, '')
    .replace(/^async\s+/, '')
    .replace(/\s*[(@]\s*$/, '')
  return setsOf(statics).names.has(name) ? name : anonymous
}

const anonymous = '<anonymous>'

/** The base name of a script of our own; an inline script bears the page's address, which may tell of somebody. */
const scriptOf = (url: string, statics: Statics): string | undefined => {
  const parsed = URL.parse(url)
  if (!parsed || !isOwnOrigin(parsed.origin, setsOf(statics).origins)) return undefined
  const base = parsed.pathname.slice(parsed.pathname.lastIndexOf('/') + 1)
  return `${placeholderOrigin}/${scriptName.test(base) ? base : 'page'}`
}

const scriptName = /^[\w.-]{1,100}\.[cm]?[jt]sx?$/
