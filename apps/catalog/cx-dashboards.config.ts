import { catalogDashboards, defineDashboards } from 'cx-dashboards'
import { seconds } from 'cx-definition'
import catalog from './src/catalog.ts'
import { contacts, datadogContacts } from './src/contacts.ts'
import { documentsApiCustomer } from './src/documents-customer-dashboard.ts'
import { documentsApi } from './src/documents-dashboard.ts'

const site = process.env['DD_SITE']
const grafanaUrl = process.env['GRAFANA_URL'] || 'http://localhost:3000'

export default defineDashboards({
  catalog,
  folder: { uid: 'cx', title: 'Customer experience' },
  // Where the web apps send to Datadog, its sessions are a click away, and the same is shown and judged there.
  datadog: site
    ? {
        site,
        // Told to nobody until DD_MONITORS=primary says that they are trusted.
        monitors: {
          mode: process.env['DD_MONITORS'] === 'primary' ? 'primary' : 'shadow',
          environment: 'development',
          contacts: datadogContacts,
        },
      }
    : undefined,
  // All that the catalog knows, and beside it two of a team that draws its own.
  dashboards: [...catalogDashboards({ catalog }), documentsApi, documentsApiCustomer],
  alerting: {
    contacts,
    // What `npm start` runs as; yours may say production.
    environments: ['development'],
    // Soon, to be watched. Left out, rules look every 30 seconds and tickets wait 5 minutes.
    interval: seconds(5),
    ticketsWait: seconds(30),
    grafanaUrl,
    runbookUrl: new URL('/runbooks', grafanaUrl).href,
  },
})
