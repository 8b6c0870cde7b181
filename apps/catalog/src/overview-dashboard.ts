import { type Dashboard, row } from 'cx-dashboards'
import { allCustomers, atAGlance, everything, operation } from './graphs.ts'

export const overview: Dashboard = {
  uid: 'cx-overview',
  title: 'CX Overview',
  description: 'How customers fare with the service, all of them and each operation on documents.',
  leadsTo: ['cx-self-signup', 'cx-documents'],
  rows: [
    row('At a glance', atAGlance(allCustomers)),
    row('Impacted customers', [allCustomers.glance.impactedCustomers({ height: 6 })]),
    row('All APIs', [...everything(allCustomers), allCustomers.all.endpoints({ height: 6 })]),
    row('Read a document', operation(allCustomers.read)),
    row('Store a document', operation(allCustomers.write)),
  ],
}
