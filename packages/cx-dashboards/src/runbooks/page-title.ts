import type { Alert } from '../prometheus/alert.ts'
import { plain } from './markdown.ts'

/** What the page that an alert leads to is called, in Markdown. */
export const pageTitle = ({ kind, objective }: Pick<Alert, 'kind' | 'objective'>): string =>
  (objective ? `${plain(objective.title)}: ` : '') + headings[kind]

const headings: Readonly<Record<Alert['kind'], string>> = {
  burn: 'the error budget burns',
  customer: 'not for one customer',
  breach: 'below a line',
  silence: 'A service is silent',
  browser: 'Errors in browsers',
}
