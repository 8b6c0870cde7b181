import { spokenDuration } from 'cx-definition'
import { equals } from '../alertmanager/matcher.ts'
import { alertNames } from '../promql/alert-names.ts'
import { silentFor } from '../promql/alert-conditions.ts'
import { firingAlerts, lastHeard, whereMatcher } from '../promql/first-looks.ts'
import { labels } from '../promql/labels.ts'
import { code, paragraphs, plain, table } from './markdown.ts'
import { look, type RunbookContext, type RunbookPage } from './runbook-page.ts'
import { pageTitle } from './page-title.ts'
import { silencing } from './silencing.ts'

/** The page of all services that fell silent. */
export const servicePage = ({ alerting, catalog }: RunbookContext): RunbookPage => {
  const { environments } = alerting
  const where = whereMatcher(environments)
  const names = catalog.services.map(({ name }) => name)
  const [first = ''] = names
  return {
    title: pageTitle({ kind: 'silence' }, catalog.dimension.name),
    facts: [
      `Alert: ${code(alertNames.silence)} with the label ${code(labels.service)}`,
      `In: ${environments.map(plain).join(', ')}`,
    ],
    meaning: paragraphs(
      `Nothing was heard of the service for ${spokenDuration(silentFor)}, not even its heartbeat ${code('cx_build_info')}. No requests are no alarm; no telemetry is. Customers may be cut off, or served well and unseen: all other alerts of the service are blind until it is heard again.`,
      table(
        ['Service', 'Owner'],
        catalog.services.map(({ name, owner }) => [plain(name), plain(owner.title)]),
      ),
    ),
    looks: [
      look(
        'When was it last heard?',
        'How many minutes ago, by version, in the last day. If it is long for all, look at Prometheus itself.',
        lastHeard(names, where),
      ),
      look(
        'Does it answer customers?',
        'Call it the way they do. If it does, only its telemetry is gone: the scrape target, the port of its metrics, the collector it pushes to.',
      ),
      look(
        'Does it run?',
        'Its orchestrator knows restarts, failed starts and machines that went. A deployment that never came up looks the same.',
      ),
      look(
        'Was it renamed, moved or retired?',
        `Then ${code('service.name')}, ${code('deployment.environment.name')} or the catalog is wrong; mend it there.`,
      ),
      look('What else fires?', 'Several silent services share something.', firingAlerts(where)),
    ],
    endings: [
      silencing(
        alerting,
        [equals('alertname', alertNames.silence), equals(labels.service, first)],
        'Put in the service that the alert names.',
      ),
    ],
  }
}
