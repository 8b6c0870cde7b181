import { type Catalog, type Owner, type Percent, spokenPercent, type WebApp } from 'cx-definition'
import { browserErrorCondition, hitSessions } from '../promql/alert-conditions.ts'
import { labels } from '../promql/queries.ts'
import { generalPages } from '../page-address.ts'
import type { Alert } from './alert.ts'
import { type AlertLinks, linksOf, sessionsAt } from './alert-links.ts'
import { equalsLabel, label, queried, template, whereAsked } from './template.ts'

/** Each owner's errors in each web app: by sessions hit, since one page in a loop throws thousands; and as tickets only. */
export const browserAlerts = (
  { apps, owners }: Catalog,
  share: Percent,
  links: AlertLinks,
): Alert[] => apps.flatMap((app) => owners.map((owner) => browserAlert(app, owner, share, links)))

const browserAlert = (app: WebApp, owner: Owner, share: Percent, links: AlertLinks): Alert => {
  const { all, hits } = hitSessions(owner, app, [equalsLabel(labels.environment)])
  return {
    kind: 'browser',
    severity: 'ticket',
    owner,
    page: generalPages.browser,
    title: `Errors of ${owner.title} in ${app.title}`,
    condition: () => browserErrorCondition(owner, app, share),
    keepFiringFor: '15m',
    labels: { app: app.name },
    summary: template`${app.title}: errors of ${owner.title} hit more than ${spokenPercent(share)} of sessions in ${label(labels.environment)}`,
    description: template`${whereAsked(template`In the last hour ${queried(hits('1h'), 'count')} of ${queried(all('1h'), 'count')} sessions of ${app.title} were hit by an error of ${owner.title}. `)}Browsers tell this, and can be made to say anything. Owner: ${owner.title}.`,
    links: {
      ...linksOf(links, { page: generalPages.browser, app }),
      ...sessionsAt(links, [app], owner),
    },
  }
}
