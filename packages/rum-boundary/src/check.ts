/// <reference lib="dom" />
import { scrubSheet, scrubStyle } from './scrub-css.ts'
import { oneLine, type Statics } from './scrub-statics.ts'
import { isDeclared, isKnownTag, kindOf, staticValue } from './static-dom.ts'

/** Something that Datadog's own masking would let out, and that the intake therefore withholds. */
export interface Leak {
  /** Where: `form > input.field`, by declared names only. */
  readonly element: string
  /** What of it is not static: `class`, `style`, `action`, `value`, `css`, `data-dd-privacy` … */
  readonly what: string
  /** As the page has it; for the developer's eyes. */
  readonly value: string
}

const mostLeaks = 200

/**
 * Names each element below `root`, in shadow trees too, whose ids, classes, styles, addresses or attributes are
 * neither the language's nor declared. Texts, inputs and labels are masked in the page already and are not named.
 */
export const findLeaks = (root: Document | Element | ShadowRoot, statics: Statics): Leak[] => {
  const leaks: Leak[] = []
  for (const leak of leaksIn(root, statics)) {
    leaks.push(leak)
    if (leaks.length >= mostLeaks) break
  }
  return leaks
}

/** Warns in the console of each kind of leak once, now and when the page changes. For development. */
export const watchLeaks = (statics: Statics): (() => void) => {
  const told = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = (): void => {
    timer = undefined
    for (const { element, value, what } of findLeaks(document, statics)) {
      const key = `${what} ${value}`
      if (told.has(key)) continue
      told.add(key)
      console.warn(
        `rum-boundary: ${what} of <${element}> is not declared static and will be withheld from replays: ${value}`,
      )
    }
  }
  const observer = new MutationObserver(() => {
    timer ??= setTimeout(look, 500)
  })
  observer.observe(document, { attributes: true, childList: true, subtree: true })
  look()
  return () => {
    observer.disconnect()
    clearTimeout(timer)
  }
}

type Root = Document | Element | ShadowRoot

function* leaksIn(root: Root, statics: Statics): Generator<Leak> {
  for (const sheet of sheetsOf(root)) yield* leaksOfSheet(sheet, statics)
  const elements = [...root.querySelectorAll('*')]
  if (root.nodeType === 1) elements.unshift(root as Element)
  for (const element of elements) {
    yield* leaksOfElement(element, statics)
    if (element.shadowRoot) yield* leaksIn(element.shadowRoot, statics)
  }
}

const sheetsOf = (root: Root): CSSStyleSheet[] =>
  'styleSheets' in root ? [...root.styleSheets, ...root.adoptedStyleSheets] : []

function* leaksOfSheet(sheet: CSSStyleSheet, statics: Statics): Generator<Leak> {
  const from = sheet.ownerNode as Element | null
  const element = from ? pathTo(from, statics) : 'adopted sheet'
  let rules: CSSRule[] = []
  try {
    rules = [...sheet.cssRules]
  } catch {
    // Of another origin: the recorder cannot read it either.
  }
  for (const rule of rules) {
    const work = scrubSheet(rule.cssText, statics)
    let step = work.next()
    while (!step.done) step = work.next()
    for (const value of step.value.withheld) yield { element, what: 'css', value }
  }
}

function* leaksOfElement(element: Element, statics: Statics): Generator<Leak> {
  const { localName } = element
  if (notRecorded.has(localName) || element.hasAttribute('http-equiv')) return
  const leak = (what: string, value: string): Leak => ({
    element: pathTo(element, statics),
    what,
    value,
  })
  if (!isKnownTag(localName, statics)) yield leak('element', localName)
  for (const { name, value } of element.attributes)
    if (!isStatic(element, name, value, statics)) yield leak(name, value)
  const { type, value } = element as HTMLInputElement
  if (localName === 'input' && /^(button|submit|reset)$/.test(type) && !isDeclared(value, statics))
    yield leak('value', value)
}

const notRecorded: ReadonlySet<string> = new Set(['script', 'noscript'])

/** Masked by the SDK itself in both presets (`shouldMaskAttribute` of 7.16). */
const masked: ReadonlySet<string> = new Set([
  'title',
  'alt',
  'placeholder',
  'aria-label',
  'name',
  'srcdoc',
])
/** Data attributes that it takes for names of the developer's (`STABLE_ATTRIBUTES`). */
const unmasked =
  /^data-(dd-|testid$|test$|qa$|cy$|test-id$|qa-id$|testing$|component$|element$|source-file$)/

const isStatic = (element: Element, name: string, value: string, statics: Statics): boolean => {
  if (name === 'data-dd-privacy') return value !== 'allow'
  if (isMasked(element, name)) return true
  const kind = kindOf(name)
  if (kind === 'css') return scrubStyle(value, statics).withheld.length === 0
  if (kind === undefined) return value === '' || drawing.has(name) || isDeclared(value, statics)
  return oneLine(staticValue(kind, value, statics)) === oneLine(value) || isOwnPath(kind, value)
}

const isMasked = ({ localName }: Element, name: string): boolean =>
  masked.has(name) ||
  (name.startsWith('data-') && !unmasked.test(name)) ||
  (localName === 'a' && name === 'href') ||
  (/^(img|source)$/.test(localName) && /^src(set)?$/.test(name)) ||
  // Of inputs the recorder takes the property, and masks it; of buttons it is looked at apart.
  (name === 'value' && /^(input|option|select|textarea)$/.test(localName))

/** Shapes of icons; always withheld, and too long to declare. */
const drawing: ReadonlySet<string> = new Set(['d', 'points', 'transform', 'gradienttransform'])

/** A file beside the page, with nothing about its visitor in the address. */
const isOwnPath = (kind: string, value: string): boolean => {
  const url = kind === 'url' ? URL.parse(value, location.href) : null
  return (
    url?.origin === location.origin &&
    /\.(css|js|mjs|svg|png|ico|woff2?|webmanifest)$/.test(url.pathname) &&
    url.search === ''
  )
}

/** By declared names alone, so that a path in a report tells no more than the report. */
const pathTo = (element: Element, statics: Statics): string => {
  const steps: string[] = []
  for (let at: Element | null = element; at && steps.length < 4; at = at.parentElement)
    steps.unshift(step(at, statics))
  return steps.join(' > ')
}

const step = (element: Element, statics: Statics): string => {
  const id = staticValue('name', element.id, statics)
  const [first] = staticValue('names', element.getAttribute('class') ?? '', statics).split(' ')
  return `${element.localName}${id && `#${id}`}${first && `.${first}`}`
}
