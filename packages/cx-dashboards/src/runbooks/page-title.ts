import type { Alert } from '../prometheus/alert.ts'
import { alertWords } from '../promql/alert-names.ts'
import { plain } from './markdown.ts'

/** What the page that an alert leads to is called, in Markdown. */
export const pageTitle = (
  { kind, objective }: Pick<Alert, 'kind' | 'objective'>,
  dimension: string,
): string => (objective ? `${plain(objective.title)}: ` : '') + alertWords(dimension)[kind]
