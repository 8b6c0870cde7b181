import * as csstree from 'css-tree'
import type { CssNode, Value } from 'css-tree'
import { oneLine, type Statics, setsOf } from './scrub-statics.ts'

/** Whether a value says nothing but what the language has words for, short numbers and what was declared. */
export const isStaticValue = (property: string, value: Value, statics: Statics): boolean => {
  const isWord = wordsOf(property, value)
  if (!isWord) return false
  return csstree.find(value, (node) => !isKnownNode(node, isWord, statics)) === null
}

type IsWord = (node: CssNode & { readonly name: string }) => boolean

/** What decides whether an identifier is a keyword: the property's grammar, or all of CSS where a variable hides it. */
const wordsOf = (property: string, value: Value): IsWord | undefined => {
  const free =
    csstree.property(property).custom ||
    csstree.find(value, (node) => node.type === 'Function' && node.name.toLowerCase() === 'var')
  if (free) return ({ name }) => keywords.has(name.toLowerCase())
  const match = csstree.lexer.matchProperty(property, value)
  return match.matched ? (node) => match.isKeyword(node) : undefined
}

const isKnownNode = (node: CssNode, isWord: IsWord, statics: Statics): boolean => {
  const { names, texts } = setsOf(statics)
  switch (node.type) {
    case 'Identifier':
      return names.has(node.name) || isWord(node) || isProperty(node.name) || fonts.has(node.name)
    case 'String':
      return (
        names.has(node.value) ||
        texts.has(oneLine(node.value)) ||
        fonts.has(node.value) ||
        node.value === ''
      )
    case 'Function':
      return functions.has(node.name.toLowerCase())
    case 'Hash':
      return /^[\da-f]{3,8}$/i.test(node.value)
    case 'Number':
    case 'Percentage':
      return isShort(node.value)
    case 'Dimension':
      return isShort(node.value) && units.has(node.unit.toLowerCase())
    case 'Operator':
      return /^[-+*/,:]$/.test(node.value.trim())
    default:
      return node.type === 'Value' || node.type === 'WhiteSpace' || node.type === 'Parentheses'
  }
}

/** What changes in a transition is a property, though the grammar has any name there. */
const isProperty = (name: string): boolean =>
  !csstree.property(name).custom && csstree.lexer.getProperty(name) !== null

/** A size, a weight or a layer, and no telephone number. */
const isShort = (value: string): boolean => /^[-+]?[\d.]{1,8}$/.test(value)

const units = new Set(
  'px em rem ex ch lh rlh cap ic vw vh vi vb vmin vmax svw svh lvw lvh dvw dvh cqw cqh cqi cqb cqmin cqmax cm mm q in pt pc deg grad rad turn s ms hz khz dpi dpcm dppx x fr'.split(
    ' ',
  ),
)

/** Those that systems bring, and every second site names. */
const fonts: ReadonlySet<string> = new Set(
  `-apple-system, BlinkMacSystemFont, Arial, Arial Black, Avenir, Avenir Next, Cantarell,
  Apple Color Emoji, Consolas, Courier, Courier New, Georgia, Helvetica, Helvetica Neue, Inter, Lato,
  Liberation Mono, Menlo, Monaco, Noto Color Emoji, Noto Sans, Open Sans, Oxygen, Roboto, SF Mono,
  SFMono-Regular, Segoe UI, Segoe UI Emoji, Segoe UI Symbol, Source Sans Pro, Tahoma, Times,
  Times New Roman, Trebuchet MS, Ubuntu, Verdana`
    .split(',')
    .map((name) => name.trim()),
)

/** All words and functions that CSS itself has, by the grammar that css-tree carries. */
const keywords = new Set(['inherit', 'initial', 'unset', 'revert', 'revert-layer'])
const functions = new Set(['var', 'calc'])
const { properties, types } = csstree.lexer as unknown as Record<
  'properties' | 'types',
  Readonly<Record<string, { readonly syntax?: csstree.DSNode }>>
>
for (const definitions of [properties, types])
  for (const { syntax } of Object.values(definitions)) {
    if (!syntax) continue
    csstree.definitionSyntax.walk(syntax, (node) => {
      if (node.type === 'Keyword') keywords.add(node.name.toLowerCase())
      if (node.type === 'Function') functions.add(node.name.toLowerCase())
    })
  }
// What they are given is a string, an address or a name.
for (const name of [
  'url',
  'src',
  'attr',
  'image',
  'image-set',
  'element',
  'paint',
  'env',
  'symbols',
])
  functions.delete(name)
