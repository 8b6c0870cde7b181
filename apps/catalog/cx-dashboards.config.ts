import { defineDashboards, featureDashboard } from 'cx-dashboards'
import { seconds } from 'cx-definition'
import catalog from './src/catalog.ts'
import { contacts } from './src/contacts.ts'
import { customer } from './src/customer-dashboard.ts'
import { documents, selfSignup } from './src/features.ts'
import { overview } from './src/overview-dashboard.ts'

const site = process.env['DD_SITE']
const grafanaUrl = process.env['GRAFANA_URL'] || 'http://localhost:3000'

export default defineDashboards({
  catalog,
  folder: { uid: 'cx', title: 'Customer experience' },
  // Where the web apps send to Datadog, its sessions are a click away.
  datadog: site ? { site } : undefined,
  dashboards: [
    overview,
    customer,
    featureDashboard({
      catalog,
      feature: selfSignup,
      uid: 'cx-self-signup',
      zoomOutTo: 'cx-overview',
      leadsTo: ['cx-documents'],
    }),
    featureDashboard({
      catalog,
      feature: documents,
      uid: 'cx-documents',
      zoomOutTo: 'cx-overview',
      leadsTo: ['cx-self-signup'],
    }),
  ],
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
