import type { Panel, RowPanel } from '@grafana/schema'
import { expect, test } from 'vitest'
import { gridSections, repeatSections } from './grid-sections.ts'

const panel = (title: string, y: number, x = 0): Panel => ({
  type: 'stat',
  title,
  gridPos: { x, y, w: 4, h: 4 },
})
const row = (title: string, y: number, collapsed: boolean, panels: Panel[] = []): RowPanel => ({
  type: 'row',
  id: y,
  title,
  collapsed,
  panels,
  gridPos: { x: 0, y, w: 24, h: 1 },
})

test('Panels belong to the row above them, or to the collapsed row that holds them.', () => {
  const sections = gridSections([
    panel('c', 5),
    row('open', 4, false),
    panel('b', 0, 4),
    panel('a', 0),
    row('closed', 9, true, [panel('d', 10)]),
  ])
  expect(
    sections.map(({ row: heading, panels }) => [heading?.title, panels.map(({ title }) => title)]),
  ).toEqual([
    [undefined, ['a', 'b']],
    ['open', ['c']],
    ['closed', ['d']],
  ])
})

test('A repeated row comes once for every chosen value, and another row once.', () => {
  const sections = gridSections([
    { ...row('each', 0, false), repeat: 'customer' },
    panel('a', 1),
    row('once', 9, false),
  ])
  const variable = {
    name: 'customer',
    value: ['x', 'y'],
    text: 'x + y',
    isRegex: true,
    isAll: false,
  }
  expect(
    repeatSections(sections, [variable]).map(({ row: heading, repeated, panels }) => [
      heading?.title,
      repeated?.value,
      panels.length,
    ]),
  ).toEqual([
    ['each', 'x', 1],
    ['each', 'y', 1],
    ['once', undefined, 0],
  ])
})
