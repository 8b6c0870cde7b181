import {
  type BurnRate,
  budgetRatio,
  type Duration,
  expectedPerHour,
  hours,
  type Objective,
  possibleBurnRates,
  quietBeforeOver,
  type Severity,
  shortDuration,
} from 'cx-definition'
import type { DatadogContext } from './datadog-context.ts'
import { type DatadogObject, reference } from './datadog-object.ts'
import { evidenceFormula, evidenceThreshold } from './evidence.ts'
import { monitor, ofObjective, part } from './monitor.ts'
import { type BurnFigure, burnMessage } from './objective-message.ts'
import { eventQueries, timeframeOf } from './slos.ts'

/**
 * What an objective's burn rates tell in Datadog: a page and a ticket, each put together from parts that tell nobody. A part looks at
 * the SLO's burn rate over a long and a short window; another at the evidence, be it that so many failures are more than chance or that
 * they alone spent much of the budget.
 */
export const burnMonitors = (
  objective: Objective,
  context: DatadogContext,
): readonly DatadogObject[] => {
  const tiers = possibleBurnRates(objective).map((tier) => asDatadogCan(tier, objective))
  const told = (['page', 'ticket'] as const).flatMap((severity) => {
    const ofSeverity = tiers.filter((tier) => tier.severity === severity)
    return ofSeverity.length === 0 ? [] : [burnMonitor(objective, severity, ofSeverity, context)]
  })
  return [...partsOf(objective, tiers, context), ...told]
}

// https://docs.datadoghq.com/service_level_objectives/burn_rate
const longestWindow = hours(48)

/**
 * Where Datadog looks back less far, over as long as it does, and as long again in proportion in the short window. That is longer where
 * requests are rare, since a monitor has no time that it waits for before it is over.
 */
const asDatadogCan = (tier: BurnRate, objective: Objective): BurnRate => {
  const ratio = Math.min(1, longestWindow.seconds / tier.long.seconds)
  const short = Math.max(tier.short.seconds * ratio, quietBeforeOver(objective).seconds)
  return { ...tier, long: { seconds: tier.long.seconds * ratio }, short: { seconds: short } }
}

/** The page's and the ticket's tiers share what they have in common. */
const partsOf = (
  objective: Objective,
  tiers: readonly BurnRate[],
  context: DatadogContext,
): readonly DatadogObject[] => {
  const parts = tiers.flatMap((tier) => [
    burnPart(objective, tier, context),
    evidencePart(objective, tier, context),
  ])
  return [...new Map(parts.map((each) => [each.name, each])).values()]
}

const burnName = ({ name }: Objective, { long }: BurnRate): string =>
  `${name}-burn-${shortDuration(long)}`
const evidenceName = ({ name }: Objective, { evidence, long }: BurnRate): string =>
  `${name}-${evidence === 'beyond_chance' ? 'evidence' : 'spent'}-${shortDuration(long)}`

const conditionOf = (objective: Objective, tier: BurnRate): string =>
  `(${reference('monitor', burnName(objective, tier))} && ${reference('monitor', evidenceName(objective, tier))})`

const burnPart = (objective: Objective, tier: BurnRate, context: DatadogContext): DatadogObject => {
  const { factor, long, short } = tier
  const windows = `.over("${timeframeOf(objective.window)}").long_window("${hoursOf(long)}").short_window("${minutesOf(short)}")`
  return part(context, {
    name: burnName(objective, tier),
    title: `${objective.title}: burns ${factor} times as fast as its budget lasts, over ${hoursOf(long)}`,
    ...ofObjective(objective),
    type: 'slo alert',
    query: `burn_rate("${reference('slo', objective.name)}")${windows} > ${factor}`,
    options: { thresholds: { critical: factor } },
  })
}

const evidencePart = (
  objective: Objective,
  tier: BurnRate,
  context: DatadogContext,
): DatadogObject => {
  const { bad, over } = eventQueries(objective, context)
  const line = rounded(tier.factor * budgetRatio(objective.target))
  const [what, formula, most] =
    tier.evidence === 'beyond_chance'
      ? ['more failures than chance brings', evidenceFormula(bad, over(line)), evidenceThreshold]
      : [
          'failures that alone spent much of the budget',
          bad,
          rounded((line * expectedPerHour(objective) * tier.long.seconds) / hours(1).seconds),
        ]
  return part(context, {
    name: evidenceName(objective, tier),
    title: `${objective.title}: ${what}, over ${hoursOf(tier.long)}`,
    ...ofObjective(objective),
    type: 'query alert',
    query: `sum(last_${hoursOf(tier.long)}):${formula} > ${most}`,
    options: { thresholds: { critical: most }, require_full_window: false },
  })
}

const burnMonitor = (
  objective: Objective,
  severity: Severity,
  tiers: readonly BurnRate[],
  context: DatadogContext,
): DatadogObject =>
  monitor(context, {
    name: `${objective.name}-${severity}`,
    title: `${objective.title}: the error budget is burning${severity === 'page' ? ' fast' : ''}`,
    ...ofObjective(objective),
    severity,
    type: 'composite',
    query: tiers.map((tier) => conditionOf(objective, tier)).join(' || '),
    message: burnMessage(objective, severity, tiers.map(figureOf), context),
    options: {},
  })

// Each tier has two parts, of which the first knows the burn rate.
const figureOf = ({ long }: BurnRate, index: number): BurnFigure => ({
  long,
  part: String.fromCodePoint('a'.charCodeAt(0) + 2 * index),
})

const hoursOf = ({ seconds }: Duration): string => `${seconds / 3600}h`
const minutesOf = ({ seconds }: Duration): string => `${seconds / 60}m`
const rounded = (value: number): number => Number(value.toPrecision(10))
