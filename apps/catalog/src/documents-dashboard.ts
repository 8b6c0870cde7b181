import { type Dashboard, row } from 'cx-dashboards'
import { allCustomers, atAGlance, everything, operation } from './graphs.ts'

export const documentsApi: Dashboard = {
  uid: 'documents-api',
  title: 'Documents API',
  description: 'How customers fare with the service, all of them and each operation on documents.',
  zoomOutTo: 'cx-overview',
  rows: [
    row('At a glance', atAGlance(allCustomers)),
    row('Impacted customers', [allCustomers.glance.impactedCustomers({ height: 6 })]),
    row('All APIs', [...everything(allCustomers), allCustomers.all.endpoints({ height: 6 })]),
    row('Read a document', operation(allCustomers.read)),
    row('Store a document', operation(allCustomers.write)),
  ],
}
