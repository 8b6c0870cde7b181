import type { Duration } from './duration.ts'
import type { ExternalInstrument } from './external-instrument.ts'
import type { AttributeMatch, EventCount, Indicator } from './indicator.ts'
import type { OperationFilter } from './operation.ts'

/** Events of a metric that is there already. */
export interface EventSelection {
  readonly from: ExternalInstrument
  /** Default: those of every service. */
  readonly of?: readonly OperationFilter[]
  readonly where?: readonly LabelMatch[]
  /** Of a histogram: only those that took at most so long, which must be one of its bounds. */
  readonly within?: Duration
}

/** Requires a label to have one of some values or none of them, or to begin so. Plain text, never a pattern. */
export interface LabelMatch extends Omit<AttributeMatch, 'attribute'> {
  /** As the metric has it. */
  readonly label: string
}

/** Two of the three: the third is the sum or the difference. */
export type RatioOptions = { readonly description: string } & (
  | { readonly good: EventSelection; readonly total: EventSelection; readonly bad?: never }
  | { readonly bad: EventSelection; readonly total: EventSelection; readonly good?: never }
  | { readonly good: EventSelection; readonly bad: EventSelection; readonly total?: never }
)

/**
 * The share of good events, counted by metrics that are there already.
 * @param options.description what is shared, such as `messages delivered`
 */
export const ratio = ({ bad, description, good, total }: RatioOptions): Indicator => {
  if (good && total) return { description, good: countOf(good), total: countOf(total) }
  if (bad && total) {
    const all = countOf(total)
    return { description, good: { ...all, less: countOf(bad) }, total: all }
  }
  const counted = countOf(good)
  return { description, good: counted, total: { ...counted, plus: countOf(bad) } }
}

const countOf = ({ from, of = [{}], where = [], within }: EventSelection): EventCount => ({
  instrument: from,
  operations: of,
  where: where.map(({ label, ...match }) => ({ attribute: label, ...match })),
  ...(within && { within }),
})
