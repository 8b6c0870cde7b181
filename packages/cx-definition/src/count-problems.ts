import type { Problem } from './definition-error.ts'
import type { Duration } from './duration.ts'
import { type AttributeMatch, type EventCount, type Indicator, partsOf } from './indicator.ts'
import type { Instrument } from './instrument.ts'
import { instrumentProblems, labelNameProblems, lackingProblem } from './instrument-problems.ts'
import { attributes, dimensionAttribute } from './instrument.ts'
import { durationProblems, operationProblems } from './problems.ts'

/**
 * What of an indicator's counts no series could answer.
 * @param contractBounds those of the contract's own durations, in seconds; not compared with where they are left out
 */
export const countProblems = (
  path: string,
  { good, total }: Indicator,
  contractBounds?: readonly number[],
): Problem[] => {
  const parts = [total, good].flatMap(partsOf)
  const instruments = new Set(parts.map(({ instrument }) => instrument))
  return distinct([
    ...customerProblems(path, [...instruments]),
    ...[...instruments].flatMap((instrument) => instrumentProblems(`${path}.from`, instrument)),
    ...parts.flatMap((part) => [
      ...filterProblems(path, part),
      ...(part.instrument.labels
        ? part.where.flatMap((match) => matchProblems(path, match, part.instrument))
        : []),
      ...thresholdProblems(`${path}.within`, part, contractBounds),
    ]),
  ])
}

/** Good and total are compared customer by customer, and one without customers would be compared with none. */
const customerProblems = (path: string, instruments: readonly Instrument[]): Problem[] => {
  const tells = instruments.filter((each) => each.attributes.includes(dimensionAttribute))
  const silent = instruments.find((each) => !tells.includes(each))
  return silent && tells[0]
    ? [lackingProblem(`${path}.from.labels`, silent, 'dimension', `, but ${tells[0].name} has one`)]
    : []
}

/** Good and total ask for much the same. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((each) => [JSON.stringify(each), each])).values(),
]

const filterProblems = (path: string, { instrument, operations }: EventCount): Problem[] => {
  if (operations.length === 0) return [noOperations(path)]
  return operations.flatMap((operation, index) => {
    const at = `${path}.of[${index}]`
    const found = operationProblems(at, operation)
    if (!instrument.labels) return found
    const { labels } = instrument
    return [
      // ASP.NET's templates begin with no slash.
      ...found.filter(({ code }) => code !== 'CX_ERR_ROUTE'),
      ...(['method', 'route'] as const)
        .filter((word) => operation[word] !== undefined && labels[word] === undefined)
        .map((word) => lackingProblem(`${at}.${word}`, instrument, word)),
    ]
  })
}

const noOperations = (path: string): Problem => ({
  code: 'CX_ERR_EMPTY',
  path: `${path}.of`,
  message: 'the indicator counts no operation',
  remedy: "Name the operations, such as the feature's own",
})

const matchProblems = (
  path: string,
  { attribute, ...lists }: AttributeMatch,
  instrument: Instrument,
): Problem[] => {
  if (attribute === attributes.statusCode) {
    return instrument.labels?.statusCode === undefined
      ? [lackingProblem(`${path}.from.labels`, instrument, 'statusCode')]
      : []
  }
  const given = Object.values(lists)
  const usable = given.length > 0 && given.every((values) => values.length > 0)
  const prefixes = [...(lists.startsWithAnyOf ?? []), ...(lists.startsWithNoneOf ?? [])]
  return [
    ...labelNameProblems(`${path}.where`, attribute),
    ...(usable && !prefixes.includes('') ? [] : [noValues(`${path}.where`, attribute)]),
  ]
}

const noValues = (path: string, label: string): Problem => ({
  code: 'CX_ERR_EMPTY',
  path,
  message: `the label ${label} is compared with nothing`,
  remedy: 'Give at least one value, such as anyOf: ["ok"]',
})

const thresholdProblems = (
  path: string,
  { instrument, within }: EventCount,
  contractBounds?: readonly number[],
): Problem[] => {
  if (within === undefined) return []
  const invalid = durationProblems(path, within)
  const known = instrument.labels ? (instrument.bounds ?? []) : contractBounds
  if (invalid.length > 0 || !known || known.includes(within.seconds)) return invalid
  return [noBound(path, within, instrument)]
}

const noBound = (
  path: string,
  within: Duration,
  { bounds = [], labels, name }: Instrument,
): Problem => ({
  code: 'CX_ERR_THRESHOLD',
  path,
  message: `${within.seconds} s is no bucket bound, so the share below it cannot be counted`,
  remedy: labels
    ? `Choose one of ${name}: ${bounds.join(', ') || 'it has none'}; or add a bucket where it is recorded, and here`
    : 'Add it to durationBounds',
})
