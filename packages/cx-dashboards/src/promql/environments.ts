import { type Instrument, requests } from 'cx-definition'
import { or, series, sum } from './expression.ts'
import { labels } from './labels.ts'
import { labelValues } from './queries.ts'
import { sumOfSelected } from './selection.ts'

/** Grafana's own query for a variable's choices, not PromQL, and what takes a choice from an answer. */
export interface Choices {
  readonly query: string
  readonly regex?: string
}

/**
 * The environments that series tell of.
 * @param instruments metrics that are not of the contract, and may call the environment otherwise
 */
export const environmentChoices = (
  instruments: readonly Instrument[],
  dimension: string,
): Choices => {
  if (instruments.length === 0) return { query: labelValues(labels.environment) }
  const by = [labels.environment]
  const everywhere = { dimension, matchers: [] }
  const told = instruments
    .map((instrument) =>
      sumOfSelected({ instrument, operations: [{}], where: [] }, everywhere, by, (all) => all),
    )
    .reduce((united, next) => or(united, next), sum(series(requests.name, []), by))
  return { query: `query_result(${told.text})`, regex: `/${labels.environment}="([^"]*)"/` }
}
