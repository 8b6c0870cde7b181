import { type ScrubbedCss, scrubMedia, scrubSheet, scrubStyle } from './scrub-css.ts'
import { oneLine, type Statics, setsOf } from './scrub-statics.ts'
import { isDeclared, isKnownTag, kindOf, staticValue, withheldTag } from './static-dom.ts'

/**
 * A replay's strings, which its records define once and name by number from then on. The numbering goes on
 * from segment to segment, and a service that keeps nothing cannot know it; so each string is cleaned where
 * it is defined, in its place, and must be harmless wherever it is used.
 */
export interface DefinedString {
  readonly role: number
  readonly text: string
  /** Where the record that defines it uses it. */
  readonly uses: Set<Use>
}

/** `attribute:` with a name where that is known; most names were defined in an earlier record. */
export type Use = 'sheet' | 'media' | 'attribute' | `attribute:${string}` | 'other'

/** Of `StringRole` in the SDK. */
const roles = { node: 1, attribute: 2, value: 3, text: 4, input: 5, css: 6, url: 7 }

const withheldAttribute = 'data-withheld'
const withheldInput = '***'
const nodeKinds = /^#(cdata-section|doctype|document|document-fragment|shadow-root|text)$/

export interface StringScrubbing {
  readonly statics: Statics
  /** A sheet is the same for everybody, and takes long. */
  readonly sheets: Map<string, ScrubbedCss>
}

export function* scrubString(
  { role, text, uses }: DefinedString,
  { sheets, statics }: StringScrubbing,
): Generator<undefined, string> {
  switch (role) {
    case roles.node:
      return nodeName(text, statics)
    case roles.attribute:
      return kindOf(text) === undefined ? withheldAttribute : text
    case roles.value:
      return attributeValue(text, uses, statics)
    case roles.url:
      return staticValue('url', text, statics)
    case roles.text:
      return replayText(text, statics)
    case roles.input:
      return text === '' || setsOf(statics).texts.has(oneLine(text)) ? text : withheldInput
    case roles.css: {
      if (uses.has('media')) return scrubMedia(text, statics)
      if (!uses.has('sheet')) return scrubStyle(text, statics).css
      const clean = sheets.get(text) ?? (yield* scrubSheet(text, statics))
      remember(sheets, text, clean)
      return clean.css
    }
    default:
      return ''
  }
}

const nodeName = (name: string, statics: Statics): string => {
  if (nodeKinds.test(name)) return name
  const svg = name.startsWith('svg>')
  if (isKnownTag(svg ? name.slice(4) : name, statics)) return name
  return svg ? 'svg>g' : withheldTag
}

const attributeValue = (text: string, uses: ReadonlySet<Use>, statics: Statics): string => {
  const values = [...uses].map((use) => {
    const name = /^attribute:(.*)$/.exec(use)?.[1]
    if (name !== undefined) {
      const kind = kindOf(name)
      return kind === undefined || kind === 'css' ? '' : staticValue(kind, text, statics)
    }
    return isDeclared(text, statics) ? text : staticValue('names', text, statics)
  })
  const [first = ''] = values
  return values.every((value) => value === first) ? first : ''
}

/** Nothing of the words' number and lengths, only roughly how much there was. */
const replayText = (text: string, statics: Statics): string => {
  const line = oneLine(text)
  if (line === '') return text === '' ? '' : ' '
  if (setsOf(statics).texts.has(line)) return text
  return 'xxxxxxx '.repeat(Math.min(Math.ceil(line.length / 8), 250)).trimEnd()
}

const mostSheets = 200
const mostRemembered = 20_000_000

/** The oldest goes first; a page with a sheet for each visitor must not fill the memory. */
const remember = (sheets: Map<string, ScrubbedCss>, text: string, clean: ScrubbedCss): void => {
  sheets.delete(text)
  sheets.set(text, clean)
  let size = 0
  for (const key of sheets.keys()) size += key.length
  for (const key of sheets.keys()) {
    if (sheets.size <= mostSheets && size <= mostRemembered) break
    sheets.delete(key)
    size -= key.length
  }
}
