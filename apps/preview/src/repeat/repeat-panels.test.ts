import type { Panel } from '@grafana/schema'
import { expect, test } from 'vitest'
import type { VariableValue } from '../interpolation/variable-value.ts'
import { repeatPanels } from './repeat-panels.ts'
import { repeatedValues, withRepeated } from './repeated-value.ts'

const variable = (values: string | readonly string[], isAll = false): VariableValue => ({
  name: 'customer',
  value: values,
  text: isAll ? 'All' : [values].flat().join(' + '),
  isRegex: true,
  isAll,
})
const panel = (id: number, y: number, more: Partial<Panel> = {}): Panel => ({
  type: 'stat',
  id,
  gridPos: { x: 0, y, w: 12, h: 4 },
  ...more,
})
const places = (panels: readonly Panel[], value: VariableValue) =>
  repeatPanels(panels, [value]).map(({ panel: { gridPos }, repeated }) => [
    repeated?.value,
    gridPos?.x,
    gridPos?.y,
    gridPos?.w,
  ])

test('Copies stand side by side, four in a row, and push down what is below.', () => {
  const five = variable(['a', 'b', 'c', 'd', 'e'])
  const panels = [panel(1, 0, { repeat: 'customer' }), panel(2, 4)]
  expect(places(panels, five)).toEqual([
    ['a', 0, 0, 6],
    ['b', 6, 0, 6],
    ['c', 12, 0, 6],
    ['d', 18, 0, 6],
    ['e', 0, 4, 6],
    [undefined, 0, 8, 12],
  ])
})

test('Downwards, copies keep their width.', () => {
  const panels = [panel(1, 0, { repeat: 'customer', repeatDirection: 'v' }), panel(2, 4)]
  expect(places(panels, variable(['a', 'b']))).toEqual([
    ['a', 0, 0, 12],
    ['b', 0, 4, 12],
    [undefined, 0, 8, 12],
  ])
})

test('One value is one panel over the whole width, and nothing moves.', () => {
  const panels = [panel(1, 0, { repeat: 'customer' }), panel(2, 4)]
  expect(places(panels, variable('a'))).toEqual([
    ['a', 0, 0, 24],
    [undefined, 0, 4, 12],
  ])
})

test('A variable that is not there repeats nothing.', () => {
  expect(places([panel(1, 0, { repeat: 'nobody' })], variable('a'))).toEqual([
    [undefined, 0, 0, 12],
  ])
})

test('A copy sees its own value, and still as one that may match by regular expression.', () => {
  const all = variable(['a', 'b'], true)
  const [first] = repeatedValues('customer', [all])!
  expect(withRepeated([all], first!)).toEqual([
    { name: 'customer', value: 'a', text: 'a', isAll: false, isRegex: true, allValue: undefined },
  ])
})
