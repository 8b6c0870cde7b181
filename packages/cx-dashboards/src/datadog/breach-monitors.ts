import {
  type Breach,
  budgetRatio,
  type Duration,
  minutes,
  type Objective,
  quietBeforeOver,
  shortDuration,
  spokenDuration,
  spokenPercent,
} from 'cx-definition'
import type { DatadogContext } from './datadog-context.ts'
import { type DatadogObject, reference } from './datadog-object.ts'
import { evidenceFormula, evidenceThreshold } from './evidence.ts'
import { monitor, ofObjective, part } from './monitor.ts'
import { breachMessage } from './objective-message.ts'
import { eventQueries } from './slos.ts'

/** A simple rule beside the budget's: below the line over the whole span beyond chance, and below it still. */
export const breachMonitors = (
  objective: Objective,
  context: DatadogContext,
): readonly DatadogObject[] =>
  objective.breaches.flatMap((each) => ofBreach(objective, each, context))

/** Five minutes, and longer where requests are rare. */
const stillFor = (objective: Objective, { lasting }: Breach): Duration => ({
  seconds: Math.min(
    lasting.seconds,
    Math.max(minutes(5).seconds, quietBeforeOver(objective).seconds),
  ),
})

const ofBreach = (
  objective: Objective,
  breach: Breach,
  context: DatadogContext,
): readonly DatadogObject[] => {
  const { below, lasting, severity } = breach
  const name = breachName(objective, breach)
  const parts = partsOf(objective, breach, context)
  const told = monitor(context, {
    name,
    title: `${objective.title}: below ${spokenPercent(below)} for ${spokenDuration(lasting)}`,
    ...ofObjective(objective),
    severity,
    type: 'composite',
    query: parts.map((each) => reference('monitor', each.name)).join(' && '),
    message: breachMessage(objective, breach, context),
    options: {},
  })
  return [...parts, told]
}

/** A line may be drawn twice, for a ticket and for a page. */
const breachName = ({ name }: Objective, { below, lasting, severity }: Breach): string =>
  `${name}-below-${String(below.ratio).replace('.', '-')}-${shortDuration(lasting)}-${severity}`

const partsOf = (
  objective: Objective,
  breach: Breach,
  context: DatadogContext,
): readonly DatadogObject[] => {
  const name = breachName(objective, breach)
  const line = budgetRatio(breach.below)
  const { bad, over } = eventQueries(objective, context)
  const onePart = (kind: string, window: Duration, formula: string, most: number) =>
    part(context, {
      name: `${name}-${kind}`,
      title: `${objective.title}: ${kind === 'evidence' ? 'beyond chance ' : ''}below ${spokenPercent(breach.below)}, over ${spokenDuration(window)}`,
      ...ofObjective(objective),
      type: 'query alert',
      query: `sum(last_${shortDuration(window)}):${formula} > ${most}`,
      options: { thresholds: { critical: most }, require_full_window: false },
    })
  const still = stillFor(objective, breach)
  return [
    onePart('whole', breach.lasting, over(line), 0),
    onePart('evidence', breach.lasting, evidenceFormula(bad, over(line)), evidenceThreshold),
    ...(still.seconds < breach.lasting.seconds ? [onePart('still', still, over(line), 0)] : []),
  ]
}
