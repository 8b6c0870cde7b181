import { type Problem, throwIfAny } from './definition-error.ts'
import { type Dimension, dimensionProblems } from './dimension.ts'
import type { Duration } from './duration.ts'
import { type Exclusion, exclusionProblems } from './exclusion.ts'
import type { Feature } from './feature.ts'
import { conventionalBounds } from './instrument.ts'
import type { Journey } from './journey.ts'
import type { Objective } from './objective.ts'
import { objectiveProblems } from './objective-problems.ts'
import type { Owner } from './owner.ts'
import {
  duplicateProblems,
  durationProblems,
  isWholeText,
  nameProblems,
  operationProblems,
  quote,
  referenceProblems,
} from './problems.ts'
import type { Service } from './service.ts'
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
  /** What should always be there, and whose it is. */
  readonly services?: readonly Service[]
  /** Maintenance and incidents that spend no budget. */
  readonly exclusions?: readonly Exclusion[]
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
  readonly services: readonly Service[]
  readonly exclusions: readonly Exclusion[]
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
    services: options.services ?? [],
    exclusions: options.exclusions ?? [],
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
  [indicator.good, indicator.total]
    // Those of a metric that is not ours are for whoever records it.
    .filter(({ instrument }) => instrument.labels === undefined)
    .flatMap(({ within }) => within?.seconds ?? [])

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
  ...serviceProblems(defined),
  ...defined.exclusions.flatMap((exclusion, index) =>
    exclusionProblems(`exclusions[${index}]`, exclusion, defined.objectives),
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

/** A service's name is whatever its telemetry says, so it is not as narrow as ours. */
const serviceProblems = ({ owners, services }: Catalog): Problem[] => [
  ...duplicateProblems(
    'services',
    services.map(({ name }) => name),
    '.name',
  ),
  ...services.flatMap(({ jobs, name, owner }, index) => [
    ...operationProblems(`services[${index}]`, { service: name }),
    ...referenceProblems(`services[${index}].owner`, owner, 'owners', owners),
    ...duplicateProblems(`services[${index}].jobs`, jobs),
    ...jobs.flatMap((job, at) => jobNameProblems(`services[${index}].jobs[${at}]`, job)),
  ]),
]

/** Whatever `recordJob` is given, as services' names are. */
const jobNameProblems = (path: string, job: string): Problem[] =>
  job.trim() !== '' && isWholeText(job)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${quote(job)} is empty, or holds a character that is none`,
          remedy: 'Give the name that recordJob is given, such as nightly-export',
        },
      ]

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
