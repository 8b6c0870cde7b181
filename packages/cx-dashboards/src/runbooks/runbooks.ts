import type { Catalog } from 'cx-definition'
import type { Alerting } from '../alerting.ts'
import type { Artifact } from '../artifact.ts'
import type { AlertLinks } from '../prometheus/alert-links.ts'
import type { Alert } from '../prometheus/alert.ts'
import { allAlerts } from '../prometheus/rules.ts'
import { browserPage } from './browser-page.ts'
import { newPage, withGeneratedPart } from './generated-part.ts'
import { neighbourFinder } from './neighbours.ts'
import { objectivePage } from './objective-page.ts'
import { pageText, type RunbookContext, type RunbookPage } from './runbook-page.ts'
import { servicePage } from './service-page.ts'

/** A page for each alert, or for several that ask for the same first looks. What people write into one is kept. */
export const runbookArtifacts = (
  catalog: Catalog,
  alerting: Alerting,
  links: AlertLinks,
): Artifact[] => {
  const alerts = new Map(
    allAlerts(catalog, alerting, links).map((alert) => [alert.page, alert] as const),
  )
  const pages = new Set(alerts.keys())
  const context = { catalog, alerting, links, pages, neighboursOf: neighbourFinder(catalog) }
  return [...alerts].map(([page, alert]) => {
    const text = pageText(pageOf(alert, context))
    return {
      path: `runbooks/${page}.md`,
      content: newPage(text),
      keeping: (existing) => withGeneratedPart(existing, text),
    }
  })
}

const pageOf = (alert: Alert, context: RunbookContext): RunbookPage => {
  if (alert.objective) return objectivePage(alert.objective, alert, context)
  return alert.kind === 'browser' ? browserPage(context) : servicePage(context)
}
