import type { Catalog } from 'cx-definition'
import type { Alerting } from '../alerting.ts'
import { type Artifact, lazyArtifact } from '../artifact.ts'
import type { AlertLinks } from '../prometheus/alert-links.ts'
import { generalPages } from '../page-address.ts'
import type { Alert } from '../prometheus/alert.ts'
import { allAlerts } from '../prometheus/rules.ts'
import { browserPage } from './browser-page.ts'
import { indexPage } from './index-page.ts'
import { newPage, withGeneratedPart } from './generated-part.ts'
import { neighbourFinder } from './neighbours.ts'
import { objectivePage } from './objective-page.ts'
import { pageText, type RunbookContext, type RunbookPage } from './runbook-page.ts'
import { servicePage } from './service-page.ts'

/** A page for each alert, or for several that ask for the same first looks, and the list of them. What people write into one is kept. */
export const runbookArtifacts = (
  catalog: Catalog,
  alerting: Alerting,
  links: AlertLinks,
): Artifact[] => {
  const alerts = Map.groupBy(allAlerts(catalog, alerting, links), ({ page }) => page) as Map<
    string,
    [Alert, ...Alert[]]
  >
  const context = {
    catalog,
    alerting,
    links,
    pages: new Set(alerts.keys()),
    neighboursOf: neighbourFinder(catalog),
  }
  return [
    file(generalPages.all, () => indexPage(alerts, catalog.dimension.name)),
    ...[...alerts].map(([name, [alert]]) => file(name, () => pageText(pageOf(alert, context)))),
  ]
}

const file = (name: string, text: () => string): Artifact =>
  lazyArtifact(
    `runbooks/${name}.md`,
    () => newPage(text()),
    (existing) => withGeneratedPart(existing, text()),
  )

const pageOf = (alert: Alert, context: RunbookContext): RunbookPage => {
  if (alert.objective) return objectivePage(alert.objective, alert, context)
  return alert.kind === 'browser' ? browserPage(context) : servicePage(context)
}
