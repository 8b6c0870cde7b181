import { type Catalog, type OperationFilter, type Problem, quote } from 'cx-definition'

/** Requests that a panel shows, and where in the definition they are named. */
export interface AskedFor {
  readonly path: string
  readonly filter: OperationFilter
}

const parts = ['service', 'method', 'route'] as const

/** A panel for requests that no feature of the catalog has stays empty, or is about nobody's feature: most likely a slip. */
export const unknownOperationProblems = (
  catalog: Catalog,
  asked: readonly AskedFor[],
): Problem[] => {
  const known = knownOperations.get(catalog) ?? operationsOf(catalog)
  knownOperations.set(catalog, known)
  return known.all.length === 0
    ? []
    : asked.flatMap(({ filter, path }) => problemOf(path, filter, known))
}

/** By their services, since a catalog may have thousands, and each panel of each dashboard asks. */
interface KnownOperations {
  readonly all: readonly OperationFilter[]
  readonly byService: ReadonlyMap<string | undefined, readonly OperationFilter[]>
}

const knownOperations = new WeakMap<Catalog, KnownOperations>()

const operationsOf = ({ features, services }: Catalog): KnownOperations => {
  const operations: readonly OperationFilter[] = features.flatMap((each) => each.operations)
  // Who names no operation in the catalog cannot misname one.
  if (operations.length === 0) return { all: [], byService: new Map() }
  const all = [...operations, ...services.map(({ name }) => ({ service: name }))]
  return { all, byService: Map.groupBy(all, ({ service }) => service) }
}

/** Of service, method and route, in this order, the first that fits none of what the ones before it left. */
const problemOf = (
  path: string,
  filter: OperationFilter,
  { all, byService }: KnownOperations,
): Problem[] => {
  let fitting = all
  for (const part of parts) {
    const wanted = filter[part]
    const left =
      part === 'service' && wanted !== undefined
        ? [...(byService.get(wanted) ?? []), ...(byService.get(undefined) ?? [])]
        : fitting.filter(
            (each) => wanted === undefined || each[part] === undefined || each[part] === wanted,
          )
    if (wanted !== undefined && left.length === 0) {
      const values = [...new Set(fitting.flatMap((each) => each[part] ?? []))]
      return [
        {
          code: 'CX_ERR_UNKNOWN_OPERATION',
          path: `${path}.${part}`,
          message: `no operation of the catalog's features has the ${part} ${quote(wanted)}${afterOthers(filter, part)}`,
          remedy: `Did you mean ${quote(nearest(wanted, values))}? If not, add the operation to its feature`,
        },
      ]
    }
    fitting = left
  }
  return []
}

const afterOthers = (filter: OperationFilter, part: (typeof parts)[number]): string => {
  const others = parts
    .slice(0, parts.indexOf(part))
    .flatMap((other) => (filter[other] === undefined ? [] : [`${other} ${quote(filter[other])}`]))
  return others.length > 0 ? ` with the ${others.join(' and the ')}` : ''
}

/** The value that takes the fewest letters to change into. */
const nearest = (wanted: string, values: readonly string[]): string =>
  values.toSorted((a, b) => distance(wanted, a) - distance(wanted, b))[0] ?? ''

/** Levenshtein's distance, a row at a time. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (let at = 1; at <= to.length; at += 1) {
      const changed = (row[at - 1] as number) + (letter === to[at - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[at] as number) + 1, (next[at - 1] as number) + 1))
    }
    row = next
  }
  return row.at(-1) as number
}
