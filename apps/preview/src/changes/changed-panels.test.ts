import type { Dashboard, Panel } from '@grafana/schema'
import { expect, test } from 'vitest'
import { changedPanels, panelIdentity } from './changed-panels.ts'

const panel = (title: string, more: Partial<Panel> = {}): Panel => ({
  type: 'stat',
  title,
  ...more,
})
const dashboard = (...panels: NonNullable<Dashboard['panels']>) => ({ panels }) as Dashboard

test('A panel that only moved, or has another id, has not changed.', () => {
  const before = dashboard(panel('a', { id: 1, gridPos: { x: 0, y: 0, w: 4, h: 4 } }))
  const now = dashboard(
    panel('b', { id: 1 }),
    panel('a', { id: 2, gridPos: { x: 4, y: 9, w: 4, h: 4 } }),
  )
  expect([...changedPanels(before, now)]).toEqual([[panelIdentity(panel('b')), 'new']])
})

test('A panel of the same title and another query has changed, in a collapsed row too.', () => {
  const row = (expr: string) => ({
    type: 'row' as const,
    id: 9,
    collapsed: true,
    panels: [panel('a', { targets: [{ expr }] })],
  })
  const changes = changedPanels(dashboard(row('up')), dashboard(row('down')))
  const now = panelIdentity(panel('a', { targets: [{ expr: 'down' }] }))
  expect([...changes]).toEqual([[now, 'changed']])
})

test('Nothing has changed in what is the same.', () => {
  expect(changedPanels(dashboard(panel('a')), dashboard(panel('a'))).size).toBe(0)
})
