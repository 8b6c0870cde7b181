import { parser } from '@prometheus-io/lezer-promql'
import { expandVariables } from './expand-variables.ts'

/** A selector of a query, and what is done with it. */
export interface QuerySelector {
  readonly metric: string
  /** As they are written, such as `job=~"$job"`. */
  readonly matchers: readonly string[]
  /** Such as `5m`; undefined for an instant. */
  readonly range?: string
  /** The function it stands in directly, such as `rate`. */
  readonly calledBy?: string
}

/** Every selector of a query as Grafana would send it; undefined where Prometheus' grammar does not know the query. */
export const promqlSelectors = (query: string): readonly QuerySelector[] | undefined => {
  const text = expandVariables(query)
  const tree = parser.parse(text)
  const found: QuerySelector[] = []
  let broken = false
  tree.iterate({
    enter: ({ name, node, type }) => {
      if (type.isError) broken = true
      if (name === 'VectorSelector') found.push(selector(node, text))
    },
  })
  return broken ? undefined : found
}

type Node = ReturnType<typeof parser.parse>['topNode']

const textOf = ({ from, to }: Node, text: string): string => text.slice(from, to)

const selector = (node: Node, text: string): QuerySelector => {
  const name = node.getChild('Identifier')
  const matchers = node.getChild('LabelMatchers')
  const range = node.parent?.name === 'MatrixSelector' ? node.parent : undefined
  const calledBy = range && functionAround(range, text)
  return {
    metric: name ? textOf(name, text) : '',
    matchers: matchers ? children(matchers).map((each) => textOf(each, text)) : [],
    ...(range ? { range: /\[(.*)\]$/.exec(textOf(range, text))?.[1] ?? '' } : {}),
    ...(calledBy === undefined ? {} : { calledBy }),
  }
}

const children = (node: Node): Node[] =>
  ['UnquotedLabelMatcher', 'QuotedLabelMatcher'].flatMap((name) => node.getChildren(name))

// What may stand between a range and the function that takes it.
const transparent = new Set(['OffsetExpr', 'StepInvariantExpr', 'ParenExpr', 'FunctionCallBody'])

const functionAround = (range: Node, text: string): string | undefined => {
  let around = range.parent
  while (around && transparent.has(around.name)) around = around.parent
  const name = around?.getChild('FunctionIdentifier')
  return name ? textOf(name, text) : undefined
}
