import {
  type BeaconRejection,
  type Catalog,
  errorSources,
  journeyEvents,
  layoutShiftVital,
  noFeature,
  timedVitals,
  unowned,
  type WebApp,
} from 'cx-definition'
import { type CountedEvent, highestCount } from './beacon-payload.ts'

export type BrowserCatalog = Pick<Catalog, 'apps' | 'features' | 'journeys' | 'owners'>

/** Parsed from JSON that anyone may have written. */
export type UntrustedEvent = Readonly<Record<string, unknown>>

const longestStepSeconds = 4 * 3600
const longestVitalSeconds = 600
const worstLayoutShift = 100

type Check = (event: UntrustedEvent, app: WebApp) => BeaconRejection | undefined

/** Tells why an event cannot be counted, if so: its names must be the catalog's, and its numbers sane. */
export const createBeaconCheck = (
  catalog: BrowserCatalog,
): ((app: string, event: UntrustedEvent) => BeaconRejection | undefined) => {
  const apps = byName(catalog.apps)
  const journeys = byName(catalog.journeys)
  const owners = [unowned, ...catalog.owners.map(({ name }) => name)]
  const features = [noFeature, ...catalog.features.map(({ name }) => name)]

  const checkStep: Check = ({ event, journey: name, seconds, step }, app) => {
    const journey = journeys.get(name)
    const isKnown =
      journey?.app === app && isOneOf(journey.steps, step) && isOneOf(journeyEvents, event)
    if (!isKnown) return 'unknown'
    const isTimed = event === 'completed' && isFrom0To(longestStepSeconds, seconds)
    return seconds === undefined || isTimed ? undefined : 'value'
  }

  const checkError: Check = ({ feature, owner, source }) =>
    isOneOf(owners, owner) && isOneOf(features, feature) && isOneOf(errorSources, source)
      ? undefined
      : 'unknown'

  const checkVital: Check = ({ name, page, value }, { pages }) => {
    const isShift = name === layoutShiftVital
    if (!isOneOf(pages, page) || !(isShift || isOneOf(timedVitals, name))) return 'unknown'
    return isFrom0To(isShift ? worstLayoutShift : longestVitalSeconds, value) ? undefined : 'value'
  }

  // A map, so that `constructor` and `__proto__` are unknown like any other word.
  const checks = new Map<unknown, Check>([
    ['session', () => undefined],
    ['step', checkStep],
    ['error', checkError],
    ['error-session', checkError],
    ['vital', checkVital],
  ] satisfies [CountedEvent['type'], Check][])

  return (appName, event) => {
    const app = apps.get(appName)
    const check = checks.get(event.type)
    if (!app || !check) return 'unknown'
    return isCount(event.count) ? check(event, app) : 'value'
  }
}

const byName = <Item extends { readonly name: string }>(items: readonly Item[]) =>
  new Map<unknown, Item>(items.map((item) => [item.name, item]))

const isOneOf = (values: readonly string[], value: unknown): boolean =>
  values.includes(value as string)

const isFrom0To = (most: number, value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value <= most

const isCount = (value: unknown): boolean =>
  Number.isInteger(value) && isFrom0To(highestCount, value) && value !== 0
