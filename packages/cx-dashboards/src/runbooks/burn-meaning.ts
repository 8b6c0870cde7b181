import {
  budgetRatio,
  type BurnRate,
  burnRates,
  isForgeable,
  type Objective,
  type Percent,
  percent,
  possibleBurnRates,
  spokenDuration,
  spokenPercent,
  spokenWindow,
} from 'cx-definition'
import { alertNames } from '../promql/alert-names.ts'
import { eventsPerHour, secondsToFire, supposedPerHour } from '../prometheus/time-to-fire.ts'
import { knowsCustomers } from '../promql/alert-conditions.ts'
import { code, paragraphs, table } from './markdown.ts'
import { roundNumber, spokenDelay, spokenRatio } from './spoken.ts'

/** What a burn-rate alert says, with the numbers of its objective. */
export const burnMeaning = (objective: Objective, dimension: string): string =>
  paragraphs(
    budgetInWords(objective),
    'It fires when too much of that is gone too soon: over a long window, so that it matters, and still in a short one, so that it is not over yet.',
    tierTable(objective),
    leftOut(objective),
    ...caveats(objective, dimension),
    `How long steady failing takes until it fires, at ${trafficInWords(objective)} and after a time without failures. Evaluating and gathering come on top: about a minute for a page, a few for a ticket.`,
    delayTable(objective),
  )

const budgetInWords = (objective: Objective): string => {
  const { target, window } = objective
  const budget = budgetRatio(target)
  const events = eventsPerHour(objective) * (window.seconds / 3600)
  return `Promised are ${spokenPercent(target)} over ${spokenWindow(window)}, so ${spokenPercent({ ratio: budget })} of the events may be bad: about ${roundNumber(events * budget)} of ${roundNumber(events)} at ${trafficInWords(objective)}.`
}

const trafficInWords = ({ traffic }: Objective): string =>
  traffic
    ? `the declared ${roundNumber(traffic.perHour)} an hour`
    : `${supposedPerHour} an hour (the catalog declares no traffic)`

const tierTable = (objective: Objective): string =>
  table(
    ['Level', 'Bad, at least', 'Over the last', 'And in the last', 'Of the budget gone by then'],
    possibleBurnRates(objective).map((tier) => [
      tier.severity,
      `${spokenRatio(tier.factor * budgetRatio(objective.target))}${tier.evidence === 'beyond_chance' ? ', beyond chance' : ''}`,
      spokenDuration(tier.long),
      spokenDuration(tier.short),
      spokenRatio((tier.factor * tier.long.seconds) / objective.window.seconds),
    ]),
  )

/** Tiers of the window that this objective cannot have. */
const leftOut = (objective: Objective): string | undefined => {
  const possible = possibleBurnRates(objective)
  const missing = burnRates(objective.window).filter((tier) => !possible.includes(tier))
  if (missing.length === 0) return undefined
  const pages = 'Nothing here pages: browsers tell these figures, and can be made to say anything.'
  const never = missing.filter((tier) => !isForgeable(objective.indicator) || !isPage(tier))
  const high = never.map(
    ({ factor }) => `${factor} times (${spokenRatio(factor * budgetRatio(objective.target))} bad)`,
  )
  return [
    ...(isForgeable(objective.indicator) ? [pages] : []),
    ...(high.length > 0 ? [`Left out, since they can hardly fire: ${high.join(', ')}.`] : []),
  ].join(' ')
}

const isPage = ({ severity }: BurnRate): boolean => severity === 'page'

const caveats = (objective: Objective, dimension: string): (string | undefined)[] => [
  possibleBurnRates(objective).some(({ evidence }) => evidence === 'beyond_chance')
    ? '“Beyond chance” is a lower bound at 99 %: a few failures among few events are no evidence yet.'
    : undefined,
  knowsCustomers(objective) && possibleBurnRates(objective).some(isPage)
    ? `A page wants at least two ${dimension}s hit, where two or more are active. What hits one alone is a ticket of its own, ${code(alertNames.customer)}.`
    : undefined,
]

const ratios: readonly Percent[] = [percent(100), percent(20), percent(5), percent(1)]

const delayTable = (objective: Objective): string => {
  const severities = [...new Set(possibleBurnRates(objective).map(({ severity }) => severity))]
  const shares = ratios.filter(({ ratio }) => ratio > budgetRatio(objective.target))
  return table(
    ['Bad', ...severities.map((severity) => `A ${severity} after about`)],
    shares.map((share) => [
      spokenPercent(share),
      ...severities.map((severity) => spokenDelay(secondsToFire(objective, severity, share.ratio))),
    ]),
  )
}
