import { expect, test } from 'vitest'
import { publishedDiff } from './published.ts'

const panel = (id: number, title: string, expr: string) => ({
  id,
  type: 'stat',
  title,
  gridPos: { x: 0, y: id, w: 4, h: 4 },
  targets: [{ refId: 'A', expr }],
})
const dashboard = (...panels: readonly object[]) => ({
  uid: 'one',
  title: 'One',
  schemaVersion: 42,
  panels,
})

test('A dashboard that Grafana has not got is unpublished.', () => {
  expect(publishedDiff(JSON.stringify(dashboard()), undefined)).toMatchObject({
    state: 'unpublished',
  })
})

test('The same dashboard is the same.', () => {
  const json = dashboard(panel(1, 'Up', 'up'))
  expect(publishedDiff(JSON.stringify(json), { json: dashboard(panel(1, 'Up', 'up')) })).toEqual({
    state: 'same',
    changes: [],
    panels: {},
  })
})

test('Panels with another query and new panels are marked by their titles.', () => {
  const now = dashboard(panel(1, 'Up', 'down'), panel(2, 'More', 'more'), panel(3, 'Kept', 'a'))
  const live = { json: dashboard(panel(1, 'Up', 'up'), panel(3, 'Kept', 'a')) }
  const { changes, panels, state } = publishedDiff(JSON.stringify(now), live)
  expect(state).toBe('changed')
  expect(panels).toEqual({ Up: 'changed', More: 'new' })
  expect(changes.join('\n')).toContain('"Up": query A')
})
