import { spokenPercent } from 'cx-definition'
import { toleratedSessionsHit } from '../alerting.ts'
import { equals } from '../alertmanager/matcher.ts'
import { alertNames } from '../promql/alert-names.ts'
import { errorsBySource, sessionsHitByOwner, whereMatcher } from '../promql/first-looks.ts'
import { labels } from '../promql/labels.ts'
import { bulleted, code, paragraphs, plain } from './markdown.ts'
import {
  dashboardLink,
  look,
  type RunbookContext,
  type RunbookPage,
  sessionsLink,
} from './runbook-page.ts'
import { pageTitle } from './page-title.ts'
import { silencing } from './silencing.ts'

/** The page of all errors in browsers. */
export const browserPage = (context: RunbookContext): RunbookPage => {
  const { alerting, catalog } = context
  const { apps, owners } = catalog
  const where = whereMatcher(alerting.environments)
  const [app, owner] = [apps[0]?.name ?? '', owners[0]?.name ?? '']
  return {
    title: pageTitle({ kind: 'browser' }, catalog.dimension.name),
    facts: [
      `Alert: ${code(alertNames.browser)} with the labels ${code(labels.app)} and ${code(labels.owner)}`,
      `Owners: ${owners.map(({ title }) => plain(title)).join(', ')}. Each hears of its own errors, in whichever app`,
    ],
    meaning: paragraphs(
      `More than ${spokenPercent(toleratedSessionsHit(alerting))} of an app’s sessions met an error of one owner in the last hour, beyond chance, and some did in the last quarter of an hour. Sessions count, not events: one page in a loop throws thousands.`,
      'It is a ticket and never a page: anyone can make a browser say anything.',
    ),
    looks: [
      ...apps.map((each) =>
        look(
          `Whose errors hit ${plain(each.title)}?`,
          'The share of its sessions.',
          sessionsHitByOwner(each, where),
        ),
      ),
      look(
        'Where do they come from?',
        'Events by feature and source.',
        errorsBySource(apps, where),
      ),
      ...sessionLooks(context),
      look(
        'What was deployed?',
        'The web app, or a service it calls. A third party’s script, a browser’s new version or an extension come by themselves.',
      ),
    ],
    endings: [
      silencing(
        alerting,
        [
          equals('alertname', alertNames.browser),
          equals(labels.app, app),
          equals(labels.owner, owner),
        ],
        'Put in the app and the owner that the alert names.',
      ),
    ],
  }
}

const sessionLooks = ({ catalog, links }: RunbookContext): string[] => {
  const found = catalog.apps.flatMap((app) => [
    dashboardLink(`${app.title}: dashboard`, links, links.dashboardOf({ app, page: '' })),
    sessionsLink(`${app.title}: sessions with errors`, links, `@type:error service:${app.name}`),
  ])
  const addresses = found.filter((each) => each !== undefined)
  return addresses.length === 0
    ? []
    : [paragraphs(look('What did people see?', ''), bulleted(addresses))]
}
