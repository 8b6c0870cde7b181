import { type Service, spokenDuration } from 'cx-definition'
import { silenceCondition, silentFor } from '../promql/alert-conditions.ts'
import { labels } from '../promql/queries.ts'
import { generalPages } from '../page-address.ts'
import type { Alert } from './alert.ts'
import { type AlertLinks, linksOf } from './alert-links.ts'
import { label, template } from './template.ts'

/** A service is heard in each environment that pages: no requests are no alarm, no telemetry is. */
export const serviceAlert = (
  service: Service,
  environments: readonly string[],
  links: AlertLinks,
): Alert => ({
  kind: 'silence',
  severity: 'page',
  owner: service.owner,
  page: generalPages.silence,
  title: `${service.name} is heard`,
  condition: () => silenceCondition(service, environments),
  // After a restart of Prometheus itself nothing was scraped yet.
  for: '2m',
  labels: {},
  summary: template`${service.name} is silent in ${label(labels.environment)}`,
  description: template`Nothing was heard of ${service.name} in ${label(labels.environment)} for ${spokenDuration(silentFor)}: it is down, not scraped or not pushing. Its other alerts are blind meanwhile. Owner: ${service.owner.title}.`,
  links: linksOf(links, { page: generalPages.silence, service }),
})
