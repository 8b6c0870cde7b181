import { feature, type Objective, owner, service, webApp } from 'cx-definition'
import { expect, test } from 'vitest'
import type { Dashboard } from './dashboard.ts'
import { dashboardFinder } from './dashboard-finder.ts'

const platform = owner('platform')
const orders = feature('orders', { owner: platform })
const shop = webApp('shop', { owner: platform, title: 'Shop', pages: [] })

const dashboard = (uid: string, more: Partial<Dashboard> = {}): Dashboard => ({
  uid,
  title: uid,
  description: uid,
  rows: [],
  ...more,
})

test('the closest is found: the objective’s own, else the feature’s, the service’s, the app’s', () => {
  const objective = { name: 'orders' } as Objective
  const find = dashboardFinder([
    dashboard('overview', { kind: 'overview', sessionsOf: [shop] }),
    dashboard('shop', { sessionsOf: [shop] }),
    dashboard('cx-service-mails'),
    dashboard('orders', { feature: orders }),
    dashboard('orders-too', { feature: orders }),
    dashboard('objective', { objective, feature: orders }),
  ])
  const mails = service('mails', { owner: platform })
  expect(find({ objective, feature: orders })?.uid).toBe('objective')
  expect(find({ feature: orders, app: shop })?.uid).toBe('orders')
  expect(find({ service: mails })?.uid).toBe('cx-service-mails')
  expect(find({ app: shop })?.uid).toBe('shop')
  expect(find({ feature: feature('others', { owner: platform }) })).toBeUndefined()
  expect(find({})).toBeUndefined()
})
