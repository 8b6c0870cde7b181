import {
  attributes,
  type Breach,
  type BurnRate,
  budgetRatio,
  buildInfo,
  dimensionAttribute,
  errorSessions,
  type EventCount,
  highestErrorRatio,
  hours,
  minutes,
  type Objective,
  type Owner,
  type Percent,
  possibleBurnRates,
  type Service,
  type Severity,
  shortDuration,
  type WebApp,
} from 'cx-definition'
import type { Counts } from './counts.ts'
import { errorRatio, lowerBound, singleCustomers } from './error-ratio.ts'
import {
  above,
  absentOverTime,
  and,
  atLeast,
  below,
  type Expression,
  number,
  or,
  series,
  times,
} from './expression.ts'
import { equals, type Matcher } from './matcher.ts'
import { eventsIn, labels } from './queries.ts'
import { sessionsOf, webEvents } from './web-queries.ts'

/** Whether its events know customers. */
export const knowsCustomers = ({ indicator }: Objective): boolean =>
  indicator.total.instrument.attributes.includes(dimensionAttribute)

/** Any tier of a severity; nothing where the objective has none of it. */
export const burnCondition = (
  objective: Objective,
  severity: Severity,
  counts: Counts,
): Expression | undefined => {
  const tiers = possibleBurnRates(objective).filter((tier) => tier.severity === severity)
  return tiers.length === 0
    ? undefined
    : tiers.map((tier) => tierCondition(objective, tier, counts)).reduce(or)
}

const tierCondition = (objective: Objective, tier: BurnRate, counts: Counts): Expression => {
  const line = number(rounded(tier.factor * budgetRatio(objective.target)))
  const both = and(
    longCondition(objective, tier, counts, line),
    above(counts.errorRatio(tier.short), line),
  )
  return tier.severity === 'page' && knowsCustomers(objective)
    ? and(both, severalCustomers(tier, counts))
    : both
}

const longCondition = (
  objective: Objective,
  tier: BurnRate,
  counts: Counts,
  line: Expression,
): Expression => {
  const { factor, long } = tier
  if (tier.evidence === 'budget_spent') {
    const share = (factor * long.seconds) / objective.window.seconds
    const most = times(number(rounded(share * budgetRatio(objective.target))), counts.windowTotal())
    return above(counts.bad(long), most)
  }
  // Also where the declared traffic is high: at night, and on the first day, it is not.
  return above(counts.lowerBound(long), line)
}

/** One customer's trouble is a ticket of its own; where there is but one, it is everybody's. */
const severalCustomers = ({ long }: BurnRate, counts: Counts): Expression =>
  or(atLeast(counts.customersHit(long), number(2)), below(counts.customersActive(long), number(2)))

const rounded = (value: number): number => Number(value.toPrecision(10))

/** An outage of one customer: a fifth of an hour's requests beyond chance, and half of the last minutes'. */
export const outage = { long: hours(1), short: minutes(5), ratio: 0.2, shortRatio: 0.5 } as const

/** The share of one customer's requests that makes an outage: more than burns any budget fast, and never more than there can be. */
export const outageLine = ({ target }: Pick<Objective, 'target'>): number =>
  Math.min(highestErrorRatio, Math.max(outage.ratio, rounded(14.4 * budgetRatio(target))))

export const customerOutageCondition = (
  objective: Objective,
  counts: Counts,
  dimension: string,
): Expression => {
  const single = singleCustomers(dimension)
  const [bad, total] = [counts.customerBad, counts.customerTotal]
  return and(
    above(
      lowerBound(bad(outage.long, single), total(outage.long, single)),
      number(outageLine(objective)),
    ),
    above(
      errorRatio(bad(outage.short, single), total(outage.short, single)),
      number(outage.shortRatio),
    ),
  )
}

/** Below the line over the whole span beyond chance, and below it still. */
export const breachCondition = ({ below: line, lasting }: Breach, counts: Counts): Expression => {
  const most = number(budgetRatio(line))
  return and(above(counts.lowerBound(lasting), most), above(counts.errorRatio(minutes(5)), most))
}

/** Nothing heard of a service that should be there; requests may well be none. */
export const silentFor = minutes(10)

export const silenceCondition = ({ name }: Service, environments: readonly string[]): Expression =>
  environments
    .map((environment) =>
      absentOverTime(
        series(buildInfo.name, [
          equals(labels.service, name),
          equals(labels.environment, environment),
        ]),
        shortDuration(silentFor),
      ),
    )
    .reduce(or)

/** Sessions of an app, and those hit by an owner's errors. */
export const sessionEvents = ({ name }: Pick<Owner, 'name'>, app: WebApp) => {
  const { where, ...rest } = webEvents(errorSessions, [app])
  const hits: EventCount = {
    ...rest,
    where: [...where, { attribute: attributes.owner, anyOf: [name] }],
  }
  return { all: sessionsOf([app]), hits }
}

/** How many of each there were in a window. */
export const hitSessions = (
  owner: Pick<Owner, 'name'>,
  app: WebApp,
  matchers: readonly Matcher[] = [],
) => {
  const scope = { dimension: '', matchers }
  const by = [labels.environment]
  const { all, hits } = sessionEvents(owner, app)
  return {
    all: (window: string) => eventsIn(all, scope, window, by),
    hits: (window: string) => eventsIn(hits, scope, window, by),
  }
}

/** More of an app's sessions hit by an owner's errors than the share allows, beyond chance, and still in the last quarter of an hour. */
export const browserErrorCondition = (
  owner: Pick<Owner, 'name'>,
  app: WebApp,
  share: Percent,
): Expression => {
  const { all, hits } = hitSessions(owner, app)
  return and(
    above(lowerBound(hits('1h'), all('1h')), number(share.ratio)),
    above(hits('15m'), number(0.5)),
  )
}
