import { objectiveLabel } from '../promql/slo-series.ts'
import type { LiveRule } from '../plan/live-rules.ts'
import { safeText } from './safe-text.ts'

/** `CxErrorBudgetBurn (page) of documents-availability`, as unique as its labels make it. */
export const alertName = ({ alert = '', annotations, labels }: LiveRule): string => {
  const { app, breach, owner, severity } = labels
  const of = labels[objectiveLabel] ?? app
  const more = [
    severity === undefined ? undefined : `(${severity})`,
    of === undefined ? undefined : `of ${of}`,
    breach,
    of === app && app !== undefined && owner !== undefined ? `by ${owner}` : undefined,
    of === undefined ? firstWords(annotations['summary']) : undefined,
  ].filter((part) => part !== undefined)
  return safeText([alert, ...more].join(' '))
}

/** Of two alerts without an objective, their summaries tell which is which: `some-service is silent`. */
const firstWords = (summary = ''): string | undefined => {
  const words = summary
    .replace(/ in \{\{.*/s, '')
    .replaceAll(/\{\{.*?\}\}/gs, '…')
    .trim()
  return words === '' || words.length > 80 ? undefined : `“${words}”`
}
