import {
  budgetRatio,
  type BurnRate,
  burnRates,
  isForgeable,
  type Objective,
  percent,
  possibleBurnRates,
  type Severity,
  spokenDuration,
  spokenPercent,
} from 'cx-definition'
import { failuresToFire, secondsToFire } from '../prometheus/time-to-fire.ts'
import type { Finding } from './finding.ts'
import { counted, roughly, spokenNumber, spokenShare } from './spoken-number.ts'

/** Which of an objective's burn rates can never alert, at all or at its declared traffic. */
export const tierFindings = (path: string, objective: Objective): Finding[] => [
  ...impossibleFindings(`${path}.target`, objective),
  ...deafFindings(`${path}.traffic`, objective),
]

const impossibleFindings = (path: string, objective: Objective): Finding[] => {
  const impossible = impossibleTiers(objective)
  const pages = impossible.filter(({ severity }) => severity === 'page')
  if (pages.length > 0 && !canPage(objective)) return [nothingPages(path, objective, pages)]
  if (impossible.length === 0) return []
  return [
    {
      severity: 'note',
      path,
      message: `${objective.name}: ${needs(objective, impossible)}, so it is left out`,
      remedy: 'Nothing is to be done: the slower burn rates tell it',
    },
  ]
}

/** Tiers that no share of failures can ever reach; not those that browsers may not have. */
const impossibleTiers = (objective: Objective): readonly BurnRate[] => {
  const possible = possibleBurnRates(objective)
  const forgeable = isForgeable(objective.indicator)
  return burnRates(objective.window).filter(
    (tier) => !possible.includes(tier) && !(forgeable && tier.severity === 'page'),
  )
}

/** A simple rule may page where no burn rate can. */
const canPage = (objective: Objective): boolean =>
  tiersOf(objective, 'page').length > 0 ||
  objective.breaches.some(({ severity }) => severity === 'page')

const nothingPages = (path: string, objective: Objective, pages: readonly BurnRate[]): Finding => {
  const least = leastPageable(objective)
  return {
    severity: 'error',
    path,
    message: `${objective.name}: nothing can page: ${needs(objective, pages)}`,
    remedy: `Promise ${least === undefined ? 'more' : `${least} or more`}, or add breach({ below: …, lasting: minutes(15), severity: 'page' })`,
  }
}

/** The lowest whole percentage whose budget leaves a page possible. */
const leastPageable = (objective: Objective): string | undefined => {
  for (let value = Math.ceil(objective.target.ratio * 100); value < 100; value += 1) {
    const target = percent(value)
    if (tiersOf({ ...objective, target }, 'page').length > 0) return spokenPercent(target)
  }
  return undefined
}

const needs = (objective: Objective, tiers: readonly BurnRate[]): string => {
  const budget = budgetRatio(objective.target)
  const each = tiers.map(
    ({ factor, long }) =>
      `${spokenNumber(factor)} times the budget over ${spokenDuration(long)} would be ${spokenShare(factor * budget)} of events failing`,
  )
  return [...new Set(each)].join(', and ')
}

/** What even a full outage cannot make fire, since so few events prove nothing. */
const deafFindings = (path: string, objective: Objective): Finding[] => {
  const { traffic } = objective
  if (!traffic) return []
  const isDeaf = (tier: BurnRate) => failuresToFire(objective, tier) === undefined
  const [pages, tickets] = [tiersOf(objective, 'page'), tiersOf(objective, 'ticket')]
  const atTraffic = `at ${counted(traffic.perHour, 'event')} an hour`
  if (pages.length > 0 && pages.every(isDeaf)) {
    return [deafToPages(path, objective, atTraffic, pages, tickets.every(isDeaf))]
  }
  return [...pages, ...tickets].filter(isDeaf).map(({ factor, long, severity }) => ({
    severity: 'note' as const,
    path,
    message: `${objective.name}: ${atTraffic}, ${spokenDuration(long)} hold too few to prove a burn rate of ${spokenNumber(factor)}: that ${severity} cannot fire`,
    remedy: `Nothing is to be done: a full outage makes another ${severity} after about ${roughly(secondsToFire(objective, severity) ?? long.seconds)}`,
  }))
}

const deafToPages = (
  path: string,
  objective: Objective,
  atTraffic: string,
  pages: readonly BurnRate[],
  alsoTickets: boolean,
): Finding => {
  const longest = pages.reduce((a, b) => (b.long.seconds > a.long.seconds ? b : a)).long
  const events = ((objective.traffic?.perHour ?? 0) * longest.seconds) / 3600
  const wait = secondsToFire(objective, 'ticket')
  return {
    severity: alsoTickets ? 'error' : 'warning',
    path,
    message: `${objective.name}: ${atTraffic} not even a full outage can page: the ${counted(events, 'event')} of ${spokenDuration(longest)} are too few to tell it from chance${alsoTickets ? ', and no ticket can be opened either' : ''}`,
    remedy: `Count it together with other operations, or send probes beside the customers’ own requests${wait === undefined ? '' : `; as it is, a ticket tells a full outage after about ${roughly(wait)}`}`,
  }
}

const tiersOf = (objective: Objective, severity: Severity): BurnRate[] =>
  possibleBurnRates(objective).filter((tier) => tier.severity === severity)
