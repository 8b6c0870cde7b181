import { type Objective, possibleBurnRates, spokenPercent, spokenWindow } from 'cx-definition'
import type { PanelContext } from './panel.ts'

/** In Markdown: what is promised, whose it is, when it alerts, and what to do then. */
export const objectiveNote = (objective: Objective, context: PanelContext): string => {
  const { feature, indicator, target, window } = objective
  const onCall = context.onCallOf(feature.owner)
  const runbook = context.runbookOf(objective)
  return [
    `**${spokenPercent(target)}** of ${indicator.description} over ${spokenWindow(window)}.`,
    [
      `- Feature: ${feature.title}`,
      `- Owner: **${feature.owner.title}**${onCall === undefined ? '' : ` ([on call](${onCall}))`}`,
      ...(runbook === undefined ? [] : [`- [Runbook](${runbook})`]),
      ...alertLines(objective),
    ].join('\n'),
  ].join('\n\n')
}

const alertLines = (objective: Objective): string[] =>
  (['page', 'ticket'] as const).flatMap((severity) => {
    const factors = possibleBurnRates(objective)
      .filter((tier) => tier.severity === severity)
      .map(({ factor }) => String(factor))
    return factors.length === 0
      ? []
      : [`- A ${severity} above a burn rate of ${[...new Set(factors)].join(', ')}`]
  })
