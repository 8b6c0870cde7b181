import { budgetRatio, type BurnRate, type Objective, seconds, spokenDuration } from 'cx-definition'
import { prometheusDuration } from '../check/retention.ts'
import { roughly, spokenNumber } from '../check/spoken-number.ts'
import { eventsPerHour, failuresToFire } from '../prometheus/time-to-fire.ts'
import type { BurnClause } from '../promql/read-burn.ts'

/** What the model of the catalog's own alerts says of a change of one, at the objective's traffic. */
export interface Sensitivity {
  readonly verdict: 'less sensitive' | 'more sensitive' | 'sensitive in another way'
  /** Plain words, the most telling first. */
  readonly told: readonly string[]
}

/** Undefined where both would fire alike. @param verb what it does when it fires, such as `pages` */
export const sensitivity = (
  before: readonly BurnClause[],
  after: readonly BurnClause[],
  objective: Objective,
  verb: string,
): Sensitivity | undefined => {
  const told = [
    ...outageWords(before, after, objective, verb),
    ...clausePairs(before, after).flatMap(([was, now]) => clauseWords(was, now, objective)),
  ]
  if (told.length === 0) return undefined
  return { verdict: verdictOf(clausePairs(before, after)), told }
}

type ClausePair = readonly [BurnClause | undefined, BurnClause | undefined]

const clausePairs = (
  before: readonly BurnClause[],
  after: readonly BurnClause[],
): readonly ClausePair[] => {
  const idOf = ({ evidence, long }: BurnClause) => `${evidence} ${spanSeconds(long)}`
  const ids = [...new Set([...before, ...after].map(idOf))]
  const find = (clauses: readonly BurnClause[], id: string) =>
    clauses.find((each) => idOf(each) === id)
  return ids.map((id) => [find(before, id), find(after, id)] as const)
}

const spanSeconds = (text: string): number => prometheusDuration(text)?.seconds ?? 0

const verdictOf = (pairs: readonly ClausePair[]): Sensitivity['verdict'] => {
  const signs = new Set(pairs.flatMap(signsOf))
  if (signs.size !== 1) return 'sensitive in another way'
  return signs.has(1) ? 'more sensitive' : 'less sensitive'
}

/** 1 for what makes it fire sooner or oftener, -1 for what does the opposite. */
const signsOf = ([was, now]: ClausePair): number[] => {
  if (!was || !now) return [was ? -1 : 1]
  const line = Math.sign(was.line - now.line)
  const several = Number(was.severalCustomers) - Number(now.severalCustomers)
  const short = Math.sign(spanSeconds(was.short) - spanSeconds(now.short))
  return [line, several, short].filter((sign) => sign !== 0)
}

const outageWords = (
  before: readonly BurnClause[],
  after: readonly BurnClause[],
  objective: Objective,
  verb: string,
): string[] => {
  const [was, now] = [before, after].map((clauses) => secondsOfOutage(clauses, objective))
  return was === now ? [] : [`${outageText(now, objective, verb)} instead of ${delay(was)}`]
}

/** `at 600 events an hour a full outage pages after 2 minutes`; undefined where the rule is none that this version writes. */
export const outageOf = (
  clauses: readonly BurnClause[] | undefined,
  objective: Objective | undefined,
  verb: string,
): string | undefined =>
  clauses && objective && outageText(secondsOfOutage(clauses, objective), objective, verb)

const outageText = (span: number | undefined, objective: Objective, verb: string): string => {
  const traffic = `${spokenNumber(eventsPerHour(objective))} events an hour${objective.traffic ? '' : ' (none are declared)'}`
  return `at ${traffic} a full outage ${verb} ${delay(span)}`
}

const delay = (span: number | undefined): string =>
  span === undefined ? 'never' : `after ${roughly(span)}`

const secondsOfOutage = (
  clauses: readonly BurnClause[],
  objective: Objective,
): number | undefined => {
  const failures = clauses.flatMap((clause) => failuresOf(clause, objective) ?? [])
  if (failures.length === 0) return undefined
  return (Math.min(...failures) / eventsPerHour(objective)) * 3600
}

/** The model asks for a burn factor; the line is what the rule itself says. */
const failuresOf = (clause: BurnClause, objective: Objective): number | undefined => {
  const { evidence, line, long, short } = clause
  const tier: BurnRate = {
    severity: 'page',
    long: seconds(spanSeconds(long)),
    short: seconds(spanSeconds(short)),
    factor: line / budgetRatio(objective.target),
    evidence,
  }
  return failuresToFire(objective, tier)
}

const clauseWords = (
  was: BurnClause | undefined,
  now: BurnClause | undefined,
  objective: Objective,
): string[] => {
  if (!now) return was ? [`no more ${overSpan(was)} (it fired above ${share(was)})`] : []
  if (!was) return [`new ${overSpan(now)}: above ${share(now)}${enough(now, objective)}`]
  return [
    ...(was.line === now.line
      ? []
      : [
          `${overSpan(now)}: above ${share(now)} instead of ${share(was)}${enoughInstead(was, now, objective)}`,
        ]),
    ...(was.short === now.short
      ? []
      : [
          `${overSpan(now)}: and still in the last ${spoken(now.short)} instead of ${spoken(was.short)}`,
        ]),
    ...(was.severalCustomers === now.severalCustomers
      ? []
      : [
          now.severalCustomers
            ? `${overSpan(now)}: waits until a second customer is hit`
            : `${overSpan(now)}: one customer is enough`,
        ]),
  ]
}

const spoken = (text: string): string => {
  const duration = prometheusDuration(text)
  return duration ? spokenDuration(duration) : text
}

const overSpan = ({ evidence, long }: BurnClause): string =>
  `over ${spoken(long)}${evidence === 'budget_spent' ? ', against the budget' : ''}`

const share = ({ line }: BurnClause): string => `${Number((line * 100).toPrecision(4))} %`

const enough = (clause: BurnClause, objective: Objective): string => {
  const failures = failuresOf(clause, objective)
  return failures === undefined ? '' : `; ${outOf(failures, clause, objective)} are enough`
}

const enoughInstead = (was: BurnClause, now: BurnClause, objective: Objective): string => {
  const [before, after] = [was, now].map((each) => failuresOf(each, objective))
  if (before === after) return ''
  if (after === undefined) return '; at the declared traffic it can no longer fire'
  const instead =
    before === undefined ? 'where it could not fire before' : `instead of ${spokenNumber(before)}`
  return `; ${outOf(after, now, objective)} are enough ${instead}`
}

const outOf = (failures: number, { long }: BurnClause, objective: Objective): string =>
  `${spokenNumber(failures)} failed of ${spokenNumber((eventsPerHour(objective) * spanSeconds(long)) / 3600)} events`
