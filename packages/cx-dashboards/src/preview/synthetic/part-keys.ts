import { labels } from '../../promql/labels.ts'
import { readSelectors, type SelectorMatcher } from '../../promql/read-selectors.ts'
import { objectiveLabel } from '../../promql/slo-series.ts'

/** A part of a catalog that has invented data of its own. */
export type PartKey =
  | { readonly kind: 'start' }
  | { readonly kind: 'app' | 'objective' | 'service'; readonly name: string }
  | { readonly kind: 'route'; readonly service: string; readonly route: string }

/** The parts that a query names. One that names none looks at all series, and finds what is there already. */
export const partKeys = (query: string): readonly PartKey[] => {
  const keys = readSelectors(query, () => true).flatMap(({ matchers }) => keysOf(matchers))
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()]
}

const keysOf = (matchers: readonly SelectorMatcher[]): readonly PartKey[] => {
  const [services, routes] = [labels.service, labels.route].map((label) => named(matchers, label))
  const ofServices = (services ?? []).flatMap((service): readonly PartKey[] =>
    routes?.length
      ? routes.map((route) => ({ kind: 'route' as const, service, route }))
      : [{ kind: 'service', name: service }],
  )
  const others = (['objective', 'app'] as const).flatMap((kind) =>
    named(matchers, kind === 'app' ? labels.app : objectiveLabel).map((name) => ({ kind, name })),
  )
  return [...ofServices, ...others]
}

const named = (matchers: readonly SelectorMatcher[], label: string): readonly string[] =>
  matchers.flatMap((matcher) => {
    if (matcher.label !== label || matcher.value === '') return []
    const value = unquoted(matcher.value)
    if (matcher.operator === '=') return [value]
    return matcher.operator === '=~' ? alternativesOf(value) : []
  })

/** Without the escapes of a PromQL string. */
const unquoted = (text: string): string =>
  text.replaceAll(/\\(x[\da-f]{2}|u[\da-f]{4}|.)/gis, (_whole, escape: string) =>
    escape.length > 1
      ? String.fromCharCode(Number.parseInt(escape.slice(1), 16))
      : ({ n: '\n', r: '\r', t: '\t' }[escape] ?? escape),
  )

/** `a|b\.c` takes `a` and `b.c`. */
const alternativesOf = (pattern: string): readonly string[] =>
  (pattern.match(/(?:\\.|[^\\|])+/gs) ?? []).map((each) => each.replaceAll(/\\(.)/gs, '$1'))
