import { defineDashboards } from 'cx-dashboards'
import catalog from './src/catalog.ts'
import { customer } from './src/customer-dashboard.ts'
import { overview } from './src/overview-dashboard.ts'

export default defineDashboards({
  catalog,
  folder: { uid: 'cx', title: 'Customer experience' },
  dashboards: [overview, customer],
})
