import { type Problem, throwIfAny } from './definition-error.ts'
import { type Dimension, dimensionProblems } from './dimension.ts'
import type { Duration } from './duration.ts'
import type { Feature } from './feature.ts'
import { attributes, conventionalBounds } from './instrument.ts'
import type { Journey } from './journey.ts'
import type { Objective } from './objective.ts'
import type { Owner } from './owner.ts'
import {
  duplicateProblems,
  durationProblems,
  nameProblems,
  operationProblems,
  percentProblems,
  referenceProblems,
  unknownProblem,
} from './problems.ts'
import type { WebApp } from './web-app.ts'
import {
  featureNameProblems,
  ownerNameProblems,
  pageProblems,
  stepProblems,
} from './web-problems.ts'

export interface CatalogOptions {
  readonly owners: readonly Owner[]
  readonly features: readonly Feature[]
  readonly apps?: readonly WebApp[]
  readonly journeys?: readonly Journey[]
  readonly objectives?: readonly Objective[]
  readonly dimension?: Partial<Dimension>
  /** Upper bounds of the duration buckets. Default: the semantic conventions' 14 and every latency threshold. */
  readonly durationBounds?: readonly Duration[]
}

/** All that is defined, complete and checked. */
export interface Catalog {
  readonly owners: readonly Owner[]
  readonly features: readonly Feature[]
  readonly apps: readonly WebApp[]
  readonly journeys: readonly Journey[]
  readonly objectives: readonly Objective[]
  readonly dimension: Dimension
  /** Ascending, in seconds. */
  readonly durationBounds: readonly number[]
}

/**
 * Gathers what is defined, fills in what is left out, and checks it.
 * @throws {DefinitionError} with every problem of the catalog
 */
export const catalog = (options: CatalogOptions): Catalog => {
  const defined: Catalog = {
    owners: options.owners,
    features: options.features,
    apps: options.apps ?? [],
    journeys: options.journeys ?? [],
    objectives: options.objectives ?? [],
    dimension: { name: 'customer', pinned: [], limit: 100, ...options.dimension },
    durationBounds: bounds(options),
  }
  throwIfAny(catalogProblems(defined))
  return defined
}

const bounds = ({ durationBounds, objectives = [] }: CatalogOptions): readonly number[] => {
  const chosen = durationBounds
    ? durationBounds.map(({ seconds }) => seconds)
    : [...conventionalBounds, ...objectives.flatMap(thresholds).filter((bound) => bound > 0)]
  return [...new Set(chosen)].toSorted((a, b) => a - b)
}

const thresholds = ({ indicator }: Objective): number[] =>
  [indicator.good.within, indicator.total.within].flatMap((within) => within?.seconds ?? [])

const catalogProblems = (defined: Catalog): Problem[] => [
  ...listProblems('owners', defined.owners, ownerNameProblems),
  ...listProblems('features', defined.features, (path, feature) =>
    featureProblems(path, feature, defined),
  ),
  ...listProblems('apps', defined.apps, (path, app) => appProblems(path, app, defined)),
  ...listProblems('journeys', defined.journeys, (path, journey) =>
    journeyProblems(path, journey, defined),
  ),
  ...listProblems('objectives', defined.objectives, (path, objective) =>
    objectiveProblems(path, objective, defined),
  ),
  ...dimensionProblems(defined.dimension),
  ...boundProblems(defined.durationBounds),
]

const listProblems = <Item extends { readonly name: string }>(
  path: string,
  items: readonly Item[],
  itemProblems: (path: string, item: Item) => Problem[],
): Problem[] => [
  ...duplicateProblems(
    path,
    items.map(({ name }) => name),
    '.name',
  ),
  ...items.flatMap((item, index) => [
    ...nameProblems(`${path}[${index}].name`, item.name),
    ...itemProblems(`${path}[${index}]`, item),
  ]),
]

const featureProblems = (path: string, feature: Feature, { owners }: Catalog): Problem[] => [
  ...featureNameProblems(path, feature),
  ...referenceProblems(`${path}.owner`, feature.owner, 'owners', owners),
  ...feature.operations.flatMap((operation, index) =>
    operationProblems(`${path}.operations[${index}]`, operation),
  ),
]

const appProblems = (path: string, app: WebApp, { owners }: Catalog): Problem[] => [
  ...referenceProblems(`${path}.owner`, app.owner, 'owners', owners),
  ...pageProblems(`${path}.pages`, app),
]

const journeyProblems = (path: string, journey: Journey, defined: Catalog): Problem[] => [
  ...referenceProblems(`${path}.feature`, journey.feature, 'features', defined.features),
  ...referenceProblems(`${path}.app`, journey.app, 'apps', defined.apps),
  ...stepProblems(`${path}.steps`, journey),
  ...(journey.follows
    ? referenceProblems(`${path}.follows`, journey.follows, 'journeys', defined.journeys)
    : []),
]

const objectiveProblems = (path: string, objective: Objective, defined: Catalog): Problem[] => {
  const { feature, indicator, target, window } = objective
  return [
    ...referenceProblems(`${path}.feature`, feature, 'features', defined.features),
    ...percentProblems(`${path}.target`, target, { below100: true }),
    ...durationProblems(`${path}.window`, window),
    ...indicatorProblems(`${path}.indicator`, indicator, defined),
  ]
}

const indicatorProblems = (
  path: string,
  { good, total }: Objective['indicator'],
  { durationBounds, journeys }: Catalog,
): Problem[] => [
  ...(total.operations.length > 0 ? [] : [noOperations(path)]),
  ...total.operations.flatMap((operation, index) =>
    operationProblems(`${path}.of[${index}]`, operation),
  ),
  ...total.where
    .filter(({ attribute }) => attribute === attributes.journey)
    .flatMap(({ anyOf = [] }) => anyOf)
    .filter((name) => !journeys.some((journey) => journey.name === name))
    .map((name) => unknownProblem(`${path}.of`, name, 'journeys', journeys)),
  ...(good.within === undefined
    ? []
    : thresholdProblems(`${path}.within`, good.within, durationBounds)),
]

const thresholdProblems = (path: string, within: Duration, known: readonly number[]): Problem[] => {
  const invalid = durationProblems(path, within)
  if (invalid.length > 0 || known.includes(within.seconds)) return invalid
  return [
    {
      code: 'CX_ERR_THRESHOLD',
      path,
      message: `${within.seconds} s is no bucket bound, so the share below it cannot be counted`,
      remedy: 'Add it to durationBounds',
    },
  ]
}

const noOperations = (path: string): Problem => ({
  code: 'CX_ERR_EMPTY',
  path: `${path}.of`,
  message: 'the indicator counts no operation',
  remedy: "Name the operations, such as the feature's own",
})

const boundProblems = (known: readonly number[]): Problem[] => {
  if (known.length === 0) {
    return [
      {
        code: 'CX_ERR_BOUNDS',
        path: 'durationBounds',
        message: 'there is no bound',
        remedy: 'Give at least one, or leave the option out',
      },
    ]
  }
  return known.flatMap((seconds, index) =>
    durationProblems(`durationBounds[${index}]`, { seconds }),
  )
}
