import {
  availability,
  catalog,
  days,
  feature,
  objective,
  owner,
  percent,
  perHour,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { contact } from '../alertmanager/contact.ts'
import { webhook } from '../alertmanager/receiver.ts'
import { catalogDashboards } from './catalog-dashboards.ts'
import { dashboardV2 } from './schema-v2/dashboard-v2.ts'

const team = owner('team')
const orders = feature('orders', { owner: team })
const available = objective('available', {
  feature: orders,
  target: percent(99.9),
  window: days(30),
  traffic: perHour(600),
  indicator: availability({ of: [{ service: 'shop' }] }),
})
const receiver = [webhook({ url: 'https://inbox.example' })]
const definition = catalog({ owners: [team], features: [orders], objectives: [available] })
const built = buildDashboards(
  defineDashboards({
    catalog: definition,
    folder: { uid: 'cx', title: 'Shop' },
    dashboards: catalogDashboards({ catalog: definition }),
    alerting: {
      contacts: [contact(team, { page: receiver, ticket: receiver })],
      environments: ['production'],
    },
  }),
)
const marksOf = (uid: string) => built.find((each) => each.uid === uid)?.json.annotations.list ?? []

test('deployments that somebody announced are asked of Grafana itself, by the tags that annotate writes', () => {
  const announced = {
    name: 'Announced deployments',
    enable: true,
    datasource: { type: 'grafana', uid: '-- Grafana --' },
    target: { type: 'tags', tags: ['cx', 'deployment'], matchAny: false, limit: 100 },
  }
  for (const { uid } of built) {
    const found = marksOf(uid).filter(({ name }) => name === announced.name)
    expect(found, uid).toEqual([expect.objectContaining(announced)])
  }
})

test('the newer schema asks Grafana the same', () => {
  const [overview] = built
  const { annotations } = dashboardV2(overview!.json)
  expect(annotations.map(({ spec }) => spec.query)).toContainEqual({
    kind: 'DataQuery',
    group: 'grafana',
    version: 'v0',
    datasource: { name: '-- Grafana --' },
    spec: { type: 'tags', tags: ['cx', 'deployment'], matchAny: false, limit: 100 },
  })
})

test('tickets, which stand for days, shade graphs at once on an objective’s dashboard alone; pages everywhere', () => {
  const shown = (name: string) =>
    built
      .filter(({ uid }) => marksOf(uid).some((each) => each.name === name && each.enable))
      .map(({ uid }) => uid)
  expect(shown('Tickets')).toEqual(['cx-objective-available'])
  expect(shown('Pages')).toEqual(built.map(({ uid }) => uid))
})
