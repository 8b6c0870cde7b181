import { leastExpected } from 'cx-definition'
import type { Alert } from '../alert.ts'
import { customers, events, fires, type Flow, idle, isQuiet, type Lane } from './lane.ts'

/** What has to be told from chance. */
interface Evidence {
  readonly name: string
  readonly alert: Alert
  /** The error ratio that the bound is compared with. */
  readonly line: number
  /** What the plain ratio has to stay below. */
  readonly below: number
  /** The minute at which five minutes of events begin. */
  readonly from: number
  /** How many times the rules count an event. */
  readonly counted: number
  /** When all is counted. */
  readonly seenAt: number
  readonly before: readonly Flow[]
}

/** Failures beyond chance among so many events, and not among hardly more. */
export const evidenceLanes = (of: Evidence): Lane[] => {
  const bad = fewest(of)
  if (bad === undefined) return []
  const lane = (part: number, firing: boolean): Lane => {
    const total = (leastExpected(bad) / of.line) * part
    return {
      name: `${of.name}${bad} failures of ${spokenCount(total)}`,
      flows: [...of.before, ...flows(of, bad, total)],
      checks: [firing ? fires(of.seenAt, of.alert) : isQuiet(of.seenAt, of.alert)],
    }
  }
  return [lane(1 - nearly, true), lane(1 + nearly, false)]
}

/** So close to the line that each constant of the bound shows; counters need not be whole. */
export const nearly = 0.0005

export const spokenCount = (count: number): string => String(Number(count.toPrecision(6)))

/** So few failures that chance counts, and so many that their share stays below what else would fire. */
const fewest = ({ below, line }: Evidence): number | undefined =>
  [10, 30, 100, 300].find((bad) => (line * bad) / leastExpected(bad) < 0.9 * below)

/** One of some customer's; a little less, since sums of many hours may count it twice at the pace of a test. */
export const anEvent = 0.7

/** All failures but one are one customer's, and that one is in a minute that sums of every fifth must not miss. */
const flows = ({ counted, from }: Evidence, bad: number, total: number): Flow[] => {
  const good = (total - bad) / 2 / counted
  const most = bad / counted - anEvent
  return customers.map((customer, index) => ({
    customer,
    phases:
      index === 0
        ? [idle(from), events(5, good, most)]
        : [idle(from), events(2, good / 2, 0), events(1, 0, anEvent), events(2, good / 2, 0)],
  }))
}
