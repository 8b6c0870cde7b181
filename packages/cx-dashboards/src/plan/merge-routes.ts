import { type Document, isNode, isSeq, parseDocument, YAMLSeq } from 'yaml'
import { isOurs } from '../alertmanager/matcher.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * A configuration of Alertmanager with our routes, receivers and inhibitions in it, as merging the generated fragment makes it.
 * What an earlier build put there goes; all else stays as it is.
 */
export const mergeRoutes = (live: Json, fragment: Json): Json => {
  const route = recordOf(live['route'])
  const receivers = listOf(live['receivers']).filter((each) => !isOurReceiver(each))
  const inhibitions = listOf(live['inhibit_rules']).filter((each) => !isOurInhibition(each))
  return {
    ...live,
    route: {
      ...route,
      routes: [
        ...listOf(recordOf(fragment['route'])['routes']),
        ...listOf(route['routes']).filter((each) => !isOurRoute(each)),
      ],
    },
    receivers: [...listOf(fragment['receivers']), ...receivers],
    inhibit_rules: [...listOf(fragment['inhibit_rules']), ...inhibitions],
  }
}

/** The same in the text of the file, of which all else stays, comments too. */
export const mergeRoutesInText = (text: string, fragment: Json): string => {
  const document = parseDocument(text)
  const { inhibit_rules, receivers, route } = fragment
  putFirst(document, ['route', 'routes'], listOf(recordOf(route)['routes']), isOurRoute)
  putFirst(document, ['receivers'], listOf(receivers), isOurReceiver)
  putFirst(document, ['inhibit_rules'], listOf(inhibit_rules), isOurInhibition)
  // A matcher that is broken over lines can lose a blank.
  return document.toString({
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  })
}

const putFirst = (
  document: Document,
  path: readonly string[],
  ours: readonly Json[],
  isOurItem: (item: Json) => boolean,
): void => {
  const list = document.getIn(path, true)
  const kept = isSeq(list) ? list.items : []
  const values = listOf(isSeq(list) ? list.toJS(document) : [])
  const items = [
    ...ours.map((item) => document.createNode(item, { aliasDuplicateObjects: false })),
    ...kept.filter((_, index) => !isOurItem(values[index] ?? {})),
  ]
  if (isSeq(list)) {
    const [first] = kept
    // What is written above their first is about that, and not about ours.
    if (isNode(first) && items.includes(first) && list.commentBefore) {
      first.commentBefore = list.commentBefore
      list.commentBefore = null
    }
    list.items = items
    // Else `[]` would hold it all on one line.
    list.flow = false
    return
  }
  const made = new YAMLSeq()
  made.items = items
  document.setIn(path, made)
}

const recordOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value satisfies object as Json)
    : {}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(recordOf) : [])

const holdsOurs = (matchers: unknown): boolean =>
  Array.isArray(matchers) && matchers.includes(isOurs)

const isOurRoute = ({ matchers }: Json): boolean => holdsOurs(matchers)

const isOurReceiver = ({ name }: Json): boolean =>
  typeof name === 'string' && name.startsWith('cx-')

const isOurInhibition = ({ source_matchers, target_matchers }: Json): boolean =>
  [source_matchers, target_matchers].every(
    (matchers) =>
      Array.isArray(matchers) && matchers.some((each) => /^alertname=~?"Cx/.test(String(each))),
  )
