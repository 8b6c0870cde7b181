import { expect, test } from 'vitest'
import { isSameDashboard } from './same-dashboard.ts'

const dashboard = {
  uid: 'a',
  title: 'A',
  panels: [{ id: 1, title: 'P', targets: [{ expr: 'up', refId: 'A' }], options: { x: false } }],
}

test('what a server adds makes no difference, nor does the order of fields', () => {
  const { panels, title } = dashboard
  const served = { id: 7, version: 3, schemaVersion: 42, iteration: 1, panels, title, links: [] }
  expect(isSameDashboard({ ...served, description: '', refresh: null }, dashboard)).toBe(true)
})

test.for([
  ['the title', { ...dashboard, title: 'B' }],
  ['a panel’s id', { ...dashboard, panels: [{ ...dashboard.panels[0], id: 2 }] }],
  ['a switch that is off', { ...dashboard, editable: false }],
  ['a panel', { ...dashboard, panels: [] }],
] as const)('%s makes one', ([, other]) => {
  expect(isSameDashboard(dashboard, other)).toBe(false)
})
