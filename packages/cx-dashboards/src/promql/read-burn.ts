import { minutes } from 'cx-definition'
import { recorded } from './slo-series.ts'

/** One tier of a burn-rate alert, or a simple breach, as it stands in a rule of ours. */
export interface BurnClause {
  /** As Prometheus writes durations. */
  readonly long: string
  readonly short: string
  /** The share of events that may be bad before it fires. */
  readonly line: number
  readonly evidence: 'beyond_chance' | 'budget_spent'
  /** Whether it waits for a second customer to be hit. */
  readonly severalCustomers: boolean
}

const nameBefore = (name: string): string => name.replace(/5m$/, '')

const selector = String.raw`\{objective="(?:[^"\\]|\\.)*"\}`
const figure = String.raw`([\d.]+(?:e-?\d+)?)`
const window = String.raw`(\w+)`
const beyondChance = `${nameBefore(recorded.lowerBound(minutes(5)))}${window}${selector} > ${figure}`
const budgetSpent = `${nameBefore(recorded.bad(minutes(5)))}${window}${selector} > ${figure} \\* ${recorded.windowTotal}${selector}`
const still = `${nameBefore(recorded.errorRatio(minutes(5)))}${window}${selector} > ${figure}`
const customers = `(?<several> and \\(${nameBefore(recorded.customersHit(minutes(5)))}\\w+${selector} >= 2 or ${nameBefore(recorded.customersActive(minutes(5)))}\\w+${selector} < 2\\))?`

const clause = new RegExp(`^(?:${beyondChance}|${budgetSpent}) and ${still}${customers}(?: or |$)`)

/** The tiers of an alert's condition; undefined where it is none that this version writes. */
export const readBurnClauses = (expr: string): readonly BurnClause[] | undefined => {
  const clauses: BurnClause[] = []
  let rest = expr.trim()
  while (rest !== '') {
    const found = clause.exec(rest)
    if (!found) return undefined
    const [whole, chance, , spent, , short = '', line = ''] = found
    clauses.push({
      long: chance ?? spent ?? '',
      short,
      line: Number(line),
      evidence: chance === undefined ? 'budget_spent' : 'beyond_chance',
      severalCustomers: found.groups?.['several'] !== undefined,
    })
    rest = rest.slice(whole.length)
  }
  return clauses.length > 0 ? clauses : undefined
}
