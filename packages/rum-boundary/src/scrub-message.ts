import { engineMessages, errorNames } from './engine-messages.ts'
import { type Statics, setsOf } from './scrub-statics.ts'

const withheldMessage = '(message withheld)'
const quoted = '…'

/** Longer ones are no sentence of an engine, and patterns would take their time. */
const longestMessage = 2000

/** Declared messages survive, those of engines lose what they quote, and all others are withheld. */
export const scrubMessage = (message: unknown, statics: Statics): string => {
  if (typeof message !== 'string') return withheldMessage
  const { messages, texts } = setsOf(statics)
  if (messages.has(message) || texts.has(message)) return message
  if (message.length > longestMessage) return withheldMessage
  const bare = message.replace(/^Uncaught (?:\(in promise\) )?(?:[A-Z]\w*: )?/, '')
  if (messages.has(bare)) return bare
  for (const { pattern, template } of patterns) {
    const match = pattern.exec(bare)
    if (match) return fill(template, match.slice(1), statics)
  }
  return withheldMessage
}

/** The error's class as the engine or the app declared it. */
export const scrubErrorName = (name: unknown, statics: Statics): string =>
  typeof name === 'string' && (errorNames.has(name) || setsOf(statics).names.has(name))
    ? name
    : 'Error'

const escapePattern = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')

const patterns = engineMessages
  // The longer says more, and a shorter one may fit as well.
  .toSorted((one, other) => other.length - one.length)
  .map((template) => ({
    template,
    pattern: new RegExp(`^${template.split(quoted).map(escapePattern).join('([\\s\\S]*?)')}$`),
  }))

/** Property names of the language itself say much and tell of nobody; what the app declared neither does. */
const fill = (template: string, captured: readonly string[], statics: Statics): string => {
  const { names } = setsOf(statics)
  const parts = template.split(quoted)
  return parts
    .map((part, index) => {
      if (index === parts.length - 1) return part
      const [, quote, inner] = /^(['"`]?)([\s\S]*)\1$/.exec(captured[index] ?? '') ?? []
      const keep = inner !== undefined && (names.has(inner) || ofTheLanguage.has(inner))
      return part + (keep ? `${quote}${inner}${quote}` : quoted)
    })
    .join('')
}

const ofTheLanguage: ReadonlySet<string> = new Set(
  [
    Object,
    Function,
    Array,
    String,
    Number,
    Boolean,
    Date,
    RegExp,
    Map,
    Set,
    Promise,
    Error,
  ].flatMap((constructor) => [
    constructor.name,
    ...Object.getOwnPropertyNames(constructor),
    ...Object.getOwnPropertyNames(constructor.prototype),
  ]),
)
