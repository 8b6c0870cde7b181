import { type Dashboard, row } from 'cx-dashboards'
import { atAGlance, everything, oneCustomer, operation } from './graphs.ts'

export const documentsApiCustomer: Dashboard = {
  uid: 'documents-api-customer',
  title: 'Documents API: one customer',
  description: 'How one customer fares with the documents API.',
  forOneCustomer: true,
  zoomOutTo: 'documents-api',
  rows: [
    row('At a glance', atAGlance(oneCustomer)),
    row('Top operations by error rate', [oneCustomer.glance.endpoints({ height: 6 })]),
    row('All APIs', everything(oneCustomer)),
    row('Read a document', operation(oneCustomer.read)),
    row('Store a document', operation(oneCustomer.write)),
  ],
}
