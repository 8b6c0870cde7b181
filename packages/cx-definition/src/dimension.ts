import type { Problem } from './definition-error.ts'
import { attributes, buildInfo } from './instrument.ts'
import { quote } from './problems.ts'

/** Who is told apart: a business that uses the API, or where there are millions of them, a zone or a cluster. */
export interface Dimension {
  /** The attribute and label, `customer` by default. */
  readonly name: string
  /** Values that always keep a label of their own. */
  readonly pinned: readonly string[]
  /** How many values beside the pinned ones may have a label of their own; the rest become `other`. */
  readonly limit: number
}

/** Labels that stand for no value; a client that sends one of them is `invalid`. */
export const placeholders = { missing: 'none', malformed: 'invalid', rest: 'other' } as const

const taken = new Set<string>(Object.values(placeholders))
// Printable, unambiguous in PromQL, URLs and Datadog tags; long enough for a UUID or a domain.
const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Whether a value can be a label of its own. */
export const isDimensionValue = (value: unknown): value is string =>
  typeof value === 'string' && wellFormed.test(value) && !taken.has(value)

// Other labels of the same series, what Prometheus adds to them, and the dashboards' own variables.
const takenNames = new Set([
  ...[...Object.values(attributes), ...buildInfo.attributes].map((name) =>
    name.replaceAll('.', '_'),
  ),
  'le',
  'quantile',
  'job',
  'instance',
  'environment',
  'datasource',
])

export const dimensionProblems = ({ limit, name, pinned }: Dimension): Problem[] => {
  const problem = (path: string, message: string, remedy: string): Problem => ({
    code: 'CX_ERR_DIMENSION',
    path,
    message,
    remedy,
  })
  const found: Problem[] = []
  if (!/^[a-z][a-z0-9_]*$/.test(name) || name.includes('__')) {
    const remedy = 'Use lower-case letters, digits and underscores, such as availability_zone'
    found.push(problem('dimension.name', `${quote(name)} cannot be a label`, remedy))
  } else if (takenNames.has(name)) {
    found.push(
      problem(
        'dimension.name',
        `${quote(name)} is a label already`,
        'Choose another, such as tenant',
      ),
    )
  }
  if (!Number.isInteger(limit) || limit < 0) {
    found.push(
      problem(
        'dimension.limit',
        `a limit of ${limit} values is not a count`,
        'Give a whole number from 0 up',
      ),
    )
  }
  for (const [index, value] of pinned.entries()) {
    if (isDimensionValue(value)) continue
    const remedy = `Use 1 to 64 letters, digits, dots, hyphens and underscores, and none of ${[...taken].join(', ')}`
    found.push(
      problem(
        `dimension.pinned[${index}]`,
        `${quote(value)} cannot be the value of a label`,
        remedy,
      ),
    )
  }
  return found
}
