import type { Alert } from '../prometheus/alert.ts'
import { markdownLink, paragraphs, plain, table } from './markdown.ts'
import { pageTitle } from './page-title.ts'

/**
 * The list of all pages, for who knows what is wrong and not which alert tells it.
 * @param pages by their names, the alerts that lead to each
 */
export const indexPage = (
  pages: ReadonlyMap<string, readonly [Alert, ...(readonly Alert[])]>,
  dimension: string,
): string =>
  paragraphs(
    '# Runbooks',
    'What to look at first, for every alert of the catalog.',
    table(
      ['Runbook', 'Owner', 'Level'],
      [...pages].map(([name, alerts]) => [
        markdownLink(pageTitle(alerts[0], dimension), `${name}.md`),
        ownersOf(alerts),
        [...new Set(alerts.map(({ severity }) => severity))].toSorted().join(', '),
      ]),
    ),
  )

/** A page about all services or web apps names each one's owner itself. */
const ownersOf = (alerts: readonly Alert[]): string => {
  const [owner, ...others] = new Set(alerts.map((alert) => plain(alert.owner.title)))
  return others.length === 0 ? (owner ?? '') : 'several'
}
