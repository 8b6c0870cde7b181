import type { Problem } from './definition-error.ts'
import type { Instrument } from './instrument.ts'
import { attributeOfWord, type InstrumentLabels, resourceLabels } from './instrument-labels.ts'
import { durationProblems, quote } from './problems.ts'

// https://prometheus.io/docs/concepts/data_model/: what every version takes without quotes.
const metricPattern = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const labelPattern = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/
// What a histogram's buckets and a summary's quantiles are told apart by.
const ownLabels = new Set(['le', 'quantile'])

const problem = (path: string, message: string, remedy: string): Problem => ({
  code: 'CX_ERR_INSTRUMENT',
  path,
  message,
  remedy,
})

/** What Prometheus could not store so, of a metric that is not of the contract. */
export const instrumentProblems = (path: string, instrument: Instrument): Problem[] => {
  const { bounds, kind, labels, name } = instrument
  if (labels === undefined) return []
  return [
    ...metricProblems(`${path}.name`, name, kind),
    ...labelProblems(`${path}.labels`, labels),
    ...(kind === 'histogram' ? boundProblems(`${path}.bounds`, bounds ?? []) : []),
  ]
}

const metricProblems = (path: string, name: string, kind: Instrument['kind']): Problem[] => {
  if (!metricPattern.test(name)) {
    const remedy = 'Use letters, digits, underscores and colons, beginning with no digit'
    return [problem(path, `${quote(name)} cannot be a metric`, remedy)]
  }
  if (kind === 'histogram' && /_(bucket|sum|count)$/.test(name)) {
    const remedy = 'Give its name without _bucket, _sum or _count'
    return [problem(path, `${quote(name)} is one series of a histogram`, remedy)]
  }
  return []
}

const labelProblems = (path: string, labels: InstrumentLabels): Problem[] => {
  const taken = new Set<string>()
  return words.flatMap((word) => {
    const label = labels[word]
    if (label === undefined) return []
    if (typeof label === 'object') return constantProblems(`${path}.${word}`, label.always)
    if (taken.has(label) || isOtherwise(word, label)) {
      const message = `${quote(label)} already stands for something else`
      return [problem(`${path}.${word}`, message, 'Give each its own label, or leave one out')]
    }
    taken.add(label)
    return labelNameProblems(`${path}.${word}`, label)
  })
}

// It would be overwritten by the environment's before it is read.
const isOtherwise = (word: keyof InstrumentLabels, label: string): boolean =>
  word !== 'environment' && label === resourceLabels.environment

const words = ['service', 'environment', 'method', 'route', 'statusCode', 'dimension'] as const

const constantProblems = (path: string, value: string): Problem[] =>
  value.trim() === ''
    ? [problem(path, 'the value that always stands is empty', "Give one, such as 'production'")]
    : []

export const labelNameProblems = (path: string, label: string): Problem[] =>
  labelPattern.test(label) && !ownLabels.has(label)
    ? []
    : [
        problem(
          path,
          `${quote(label)} cannot be a label to choose by`,
          'Write it as Prometheus has it: letters, digits and underscores, not beginning with a digit or with two underscores',
        ),
      ]

const boundProblems = (path: string, bounds: readonly number[]): Problem[] => {
  const invalid = bounds.flatMap((seconds, index) =>
    durationProblems(`${path}[${index}]`, { seconds }),
  )
  if (invalid.length > 0) return invalid
  const ascending = bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0))
  if (bounds.length > 0 && ascending) return []
  return [
    {
      code: 'CX_ERR_BOUNDS',
      path,
      message: bounds.length > 0 ? 'the bounds do not ascend' : 'there is no bound',
      remedy: 'Give the values of le that the metric has, in seconds, without +Inf',
    },
  ]
}

/** A word for a label that a metric has not got, and is asked for. */
export const lackingProblem = (
  path: string,
  { name }: Instrument,
  word: keyof typeof attributeOfWord,
  unlike = '',
): Problem => {
  const remedy = `Say in its labels which one holds it (${word}: …), or do without`
  return problem(path, `${quote(name)} has no label for the ${spoken[word]}${unlike}`, remedy)
}

const spoken: Readonly<Record<keyof typeof attributeOfWord, string>> = {
  service: 'service',
  environment: 'environment',
  method: 'method',
  route: 'route',
  statusCode: 'status code',
  dimension: 'customer',
}
