import type { Alert } from '../prometheus/alert.ts'
import { markdownLink, paragraphs, plain, table } from './markdown.ts'
import type { RunbookPage } from './runbook-page.ts'

export interface NamedPage {
  readonly name: string
  readonly page: RunbookPage
  /** Those that lead to it. */
  readonly alerts: readonly Alert[]
}

/** The list of all pages, for who knows what is wrong and not which alert tells it. */
export const indexPage = (pages: readonly NamedPage[]): string =>
  paragraphs(
    '# Runbooks',
    'What to look at first, for every alert of the catalog.',
    table(
      ['Runbook', 'Owner', 'Level'],
      pages.map(({ alerts, name, page }) => [
        markdownLink(page.title, `${name}.md`),
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
