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
