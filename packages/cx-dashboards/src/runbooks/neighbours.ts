import type { Catalog, Objective } from 'cx-definition'

/** Those that its events name, or where they name none, as browsers’ do, all that the catalog knows. */
export const servicesOf = (
  { indicator }: Objective,
  { services }: Pick<Catalog, 'services'>,
): readonly string[] => {
  const named = new Set(indicator.total.operations.flatMap(({ service }) => service ?? []))
  return named.size > 0 ? [...named] : services.map(({ name }) => name)
}

/** Finds other objectives of the same services or the same feature, in the catalog's order, without holding each against every other. */
export const neighbourFinder = (
  catalog: Pick<Catalog, 'objectives' | 'services'>,
): ((objective: Objective) => readonly Objective[]) => {
  const places = new Map(catalog.objectives.map((each, index) => [each, index] as const))
  const pairs = catalog.objectives.flatMap((objective) =>
    sharedBy(objective, catalog).map((shared) => ({ objective, shared })),
  )
  const sharing = Map.groupBy(pairs, ({ shared }) => shared)
  return (objective) => {
    const found = new Set(
      sharedBy(objective, catalog)
        .flatMap((shared) => sharing.get(shared) ?? [])
        .map((pair) => pair.objective),
    )
    found.delete(objective)
    return [...found].toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
  }
}

/** A service by its name, a feature as it is. */
const sharedBy = (
  objective: Objective,
  catalog: Pick<Catalog, 'services'>,
): readonly (string | Objective['feature'])[] => [
  ...servicesOf(objective, catalog),
  objective.feature,
]
