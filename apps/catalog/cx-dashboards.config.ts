import { defineDashboards, featureDashboard } from 'cx-dashboards'
import catalog from './src/catalog.ts'
import { customer } from './src/customer-dashboard.ts'
import { documents, selfSignup } from './src/features.ts'
import { overview } from './src/overview-dashboard.ts'

const site = process.env['DD_SITE']

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
})
