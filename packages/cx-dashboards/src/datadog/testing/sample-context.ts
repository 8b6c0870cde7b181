import {
  availability,
  breach,
  type Catalog,
  catalog,
  completion,
  days,
  feature,
  journey,
  latency,
  milliseconds,
  minutes,
  objective,
  operation,
  owner,
  percent,
  service,
  webApp,
} from 'cx-definition'
import { datadogContact } from '../contact.ts'
import type { DatadogMonitors } from '../datadog.ts'
import type { DatadogContext } from '../datadog-context.ts'

const growth = owner('growth', { title: 'Growth' })
const platform = owner('platform', { title: 'Platform' })
const read = operation('docs', 'GET', '/api/documents/:documentId')
const documents = feature('documents', { owner: platform, operations: [read] })
const signup = feature('signup', { title: 'Signup', owner: growth })
const app = webApp('signup-web', { owner: growth, pages: ['/signup'] })
const steps = journey('signup', { feature: signup, app, steps: ['account', 'confirm'] })

/** A catalog with something of everything. */
const sampleCatalog = (): Catalog =>
  catalog({
    owners: [growth, platform],
    features: [documents, signup],
    apps: [app],
    journeys: [steps],
    services: [service('docs', { owner: platform })],
    objectives: [
      objective('documents-availability', {
        feature: documents,
        indicator: availability({ of: [read] }),
        target: percent(99.9),
        window: days(30),
        breaches: [breach({ below: percent(99), lasting: minutes(15), severity: 'page' })],
      }),
      objective('documents-latency', {
        feature: documents,
        indicator: latency({ of: [read], within: milliseconds(200) }),
        target: percent(99),
        window: days(7),
      }),
      objective('signup-completion', {
        feature: signup,
        indicator: completion({ of: steps }),
        target: percent(95),
        window: days(28),
      }),
    ],
  })

export const sampleContext = (
  monitors: Partial<DatadogMonitors> = {},
  given = sampleCatalog(),
): DatadogContext => ({
  catalog: given,
  set: 'cx',
  url: 'https://app.datadoghq.eu',
  monitors: {
    mode: 'primary',
    environment: 'production',
    contacts: given.owners.map((each) =>
      datadogContact(each, { page: [`@pagerduty-${each.name}`], ticket: [`@slack-${each.name}`] }),
    ),
    newErrors: true,
    ...monitors,
  },
  sessionsHit: percent(2),
  runbookOf: ({ name }, page) => `https://runbooks.example.com/${name}-${page}.md`,
  runbookPage: (page) => `https://runbooks.example.com/${page}.md`,
  grafanaTwin: () => 'https://grafana.example.com/d/cx',
})
