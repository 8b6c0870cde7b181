import * as csstree from 'css-tree'
import type { CssNode, List } from 'css-tree'
import { isDeclared, isKnownTag, kindOf } from './static-dom.ts'
import { oneLine, type Statics, setsOf } from './scrub-statics.ts'
import { isStaticValue } from './scrub-css-value.ts'

export interface ScrubbedCss {
  readonly css: string
  /** What was not static: selectors, properties, at-rules. */
  readonly withheld: readonly string[]
}

/** In the place of a rule, so that the rules after it keep their index. */
export const withheldRule = 'x-withheld{}'

/** More is another page's worth; a sheet of a whole app has less. */
const longestSheet = 300_000

/** Rules and declarations whose every name is the language's or declared. Yields between rules, as it may take long. */
export function* scrubSheet(css: string, statics: Statics): Generator<undefined, ScrubbedCss> {
  const withheld: string[] = []
  const rules: string[] = []
  if (css.length > longestSheet) return { css: '', withheld: ['a sheet of 300 kB or more'] }
  for (const rule of childrenOf(parse(css, 'stylesheet'))) {
    rules.push(cleanRule(rule, { statics, withheld }) ? csstree.generate(rule) : withheldRule)
    yield
  }
  return { css: rules.join(''), withheld }
}

/** Of a `style` attribute. */
export const scrubStyle = (style: string, statics: Statics): ScrubbedCss => {
  const withheld: string[] = []
  const list = style.length > longestSheet ? undefined : parse(style, 'declarationList')
  if (!list) return { css: '', withheld: ['a style of 300 kB or more'] }
  cleanBlock(list, { statics, withheld })
  return { css: csstree.generate(list), withheld }
}

/** Of a sheet that a script made; `all` where it is not static, which shows more than was shown. */
export const scrubMedia = (media: string, statics: Statics): string => {
  const list = parse(media, 'mediaQueryList')
  return list && onlyKnown(list, { statics, withheld: [] }) ? csstree.generate(list) : 'all'
}

const parse = (
  css: string,
  context: 'stylesheet' | 'declarationList' | 'mediaQueryList',
): CssNode | undefined => {
  try {
    return csstree.parse(css, { context, parseCustomProperty: true })
  } catch {
    return undefined
  }
}

interface Scrubbing {
  readonly statics: Statics
  readonly withheld: string[]
}

const childrenOf = (node: CssNode | undefined): CssNode[] =>
  node && 'children' in node && node.children ? (node.children as List<CssNode>).toArray() : []

const keepChildren = (node: CssNode, keep: (child: CssNode) => boolean): void => {
  const { children } = node as { children: List<CssNode> }
  children.forEach((child, item) => {
    if (!keep(child)) children.remove(item)
  })
}

/** Cleans a rule in place; false where nothing of it may stay. */
const cleanRule = (node: CssNode, scrubbing: Scrubbing): boolean => {
  if (node.type === 'Rule') {
    if (node.prelude.type === 'SelectorList')
      keepChildren(node.prelude, (selector) => isStaticSelector(selector, scrubbing))
    if (childrenOf(node.prelude).length === 0) return false
    cleanBlock(node.block, scrubbing)
    return true
  }
  if (node.type === 'Atrule') return cleanAtrule(node, scrubbing)
  return false
}

const cleanAtrule = (node: csstree.Atrule, scrubbing: Scrubbing): boolean => {
  const allowed = ['media', 'layer', 'keyframes', 'container', 'supports'].includes(
    node.name.toLowerCase(),
  )
  const prelude = !node.prelude || onlyKnown(node.prelude, scrubbing)
  if (!allowed || !prelude) {
    const condition = node.prelude ? ` ${csstree.generate(node.prelude)}` : ''
    scrubbing.withheld.push(`@${node.name}${condition}`)
    return false
  }
  if (node.block)
    keepChildren(node.block, (child) =>
      child.type === 'Declaration'
        ? isStaticDeclaration(child, scrubbing)
        : cleanRule(child, scrubbing),
    )
  return true
}

const cleanBlock = (block: CssNode, scrubbing: Scrubbing): void =>
  keepChildren(block, (child) =>
    child.type === 'Declaration'
      ? isStaticDeclaration(child, scrubbing)
      : cleanRule(child, scrubbing),
  )

const isStaticDeclaration = (
  node: csstree.Declaration,
  { statics, withheld }: Scrubbing,
): boolean => {
  const { property, value } = node
  const named = csstree.property(property).custom
    ? setsOf(statics).names.has(property)
    : csstree.lexer.getProperty(property) !== null
  const keep =
    named &&
    // A string where a hack such as `!ie` follows.
    typeof node.important === 'boolean' &&
    value.type === 'Value' &&
    isStaticValue(property, value, statics)
  if (!keep) withheld.push(`${property}: ${csstree.generate(value)}`)
  return keep
}

const isStaticSelector = (selector: CssNode, scrubbing: Scrubbing): boolean => {
  const keep = onlyKnown(selector, scrubbing)
  if (!keep) scrubbing.withheld.push(csstree.generate(selector))
  return keep
}

/** Whether all that a selector or a condition is made of is known. */
const onlyKnown = (root: CssNode, { statics }: Scrubbing): boolean => {
  let known = true
  csstree.walk(root, {
    enter(node: CssNode) {
      if (!isKnownNode(node, statics)) known = false
      // Looked into as a whole.
      if (!known || whole.has(node.type)) return csstree.walk.skip
      return undefined
    },
  })
  return known
}

const whole: ReadonlySet<string> = new Set(['AttributeSelector', 'Declaration'])

const isKnownNode = (node: CssNode, statics: Statics): boolean => {
  const { names } = setsOf(statics)
  switch (node.type) {
    case 'ClassSelector':
    case 'IdSelector':
      return names.has(csstree.ident.decode(node.name))
    case 'TypeSelector':
      return node.name === '*' || isKnownTag(node.name, statics) || /^(from|to)$/.test(node.name)
    case 'PseudoClassSelector':
      return knownPseudoClasses.has(node.name.toLowerCase())
    case 'PseudoElementSelector':
      return knownPseudoElements.has(node.name.toLowerCase())
    case 'AttributeSelector':
      return isStaticAttribute(node, statics)
    case 'Identifier':
      return isDeclared(node.name, statics) || knownConditions.has(node.name.toLowerCase())
    case 'Feature':
      return knownConditions.has(node.name.toLowerCase())
    case 'MediaQuery':
      return [node.modifier, node.mediaType].every(
        (word) => word === null || knownConditions.has(word.toLowerCase()),
      )
    case 'AnPlusB':
      return [node.a, node.b].every((part) => part === null || part.length <= 4)
    case 'Layer':
      return node.name.split('.').every((part) => names.has(part))
    case 'Declaration':
      return isStaticDeclaration(node, { statics, withheld: [] })
    case 'Dimension':
    case 'Number':
    case 'Percentage':
      return node.value.length <= 8
    default:
      return structure.has(node.type)
  }
}

const isStaticAttribute = (
  { matcher, name, value }: csstree.AttributeSelector,
  statics: Statics,
): boolean => {
  if (kindOf(name.name) === undefined && !setsOf(statics).names.has(name.name)) return false
  if (matcher === null || value === null) return true
  return isDeclared(oneLine(value.type === 'String' ? value.value : value.name), statics)
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** What carries no name of its own. */
const structure = words(`
  Selector SelectorList Combinator NestingSelector Nth AtrulePrelude MediaQueryList Condition FeatureRange LayerList
  SupportsDeclaration Ratio`)

const knownPseudoClasses = words(`
  active any-link autofill checked default defined dir disabled empty enabled first-child first-of-type focus
  focus-visible focus-within fullscreen has host hover in-range indeterminate invalid is lang last-child last-of-type
  link modal not nth-child nth-last-child nth-last-of-type nth-of-type only-child only-of-type open optional
  out-of-range placeholder-shown popover-open read-only read-write required root scope target user-invalid user-valid
  valid visited where -webkit-autofill`)

const knownPseudoElements = words(`
  after backdrop before cue details-content file-selector-button first-letter first-line marker placeholder selection
  slotted -webkit-calendar-picker-indicator -webkit-file-upload-button -webkit-inner-spin-button
  -webkit-outer-spin-button -webkit-scrollbar -webkit-scrollbar-thumb -webkit-scrollbar-track
  -webkit-search-cancel-button -webkit-search-decoration -moz-focus-inner -moz-placeholder`)

/** https://drafts.csswg.org/mediaqueries-5/#media-descriptor-table */
const knownConditions = words(`
  all screen print and not only or width min-width max-width height min-height max-height inline-size min-inline-size
  max-inline-size block-size orientation portrait landscape aspect-ratio min-aspect-ratio max-aspect-ratio resolution
  min-resolution max-resolution hover any-hover pointer any-pointer fine coarse none prefers-color-scheme light dark
  prefers-contrast more less custom prefers-reduced-motion prefers-reduced-transparency prefers-reduced-data reduce
  no-preference forced-colors active display-mode standalone fullscreen browser minimal-ui color color-gamut srgb p3
  scripting enabled update fast slow dynamic-range standard high grid monochrome
  even odd ltr rtl`)
