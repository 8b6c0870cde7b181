import { getFieldDisplayName, transformDataFrame } from '@grafana/data'
import { lastValueFrom } from 'rxjs'
import { beforeAll, expect, test } from 'vitest'
import { registerStandardTransformers } from '../grafana/standard-transformers.ts'
import type { PrometheusResult } from './prometheus-response.ts'
import { tableFrame, valueColumnName } from './table-frame.ts'
import { timeSeriesFrames } from './time-series-frames.ts'

const matrix: PrometheusResult = {
  resultType: 'matrix',
  result: [
    {
      metric: { __name__: 'up', job: 'a' },
      values: [
        [1, '1'],
        [2.5, 'NaN'],
      ],
    },
    {
      metric: { __name__: 'up', job: 'b' },
      values: [
        [1, '+Inf'],
        [2.5, '-Inf'],
      ],
    },
  ],
}
const query = { refId: 'A', expr: 'up', legendFormat: '__auto', stepMs: 1500 }
const names = (legendFormat: string, result: PrometheusResult = matrix) =>
  timeSeriesFrames(result, { ...query, legendFormat }).map((frame, _index, all) =>
    getFieldDisplayName(frame.fields[1]!, frame, all),
  )

test('A series becomes a frame with its time in milliseconds, its numbers and its labels.', () => {
  const [first, second] = timeSeriesFrames(matrix, query)
  expect(first!.fields.map(({ values }) => values)).toEqual([
    [1000, 2500],
    [1, NaN],
  ])
  expect(second!.fields[1]!.values).toEqual([Infinity, -Infinity])
  expect(first!.fields[1]!.labels).toEqual({ __name__: 'up', job: 'a' })
  expect(first!.fields[0]!.config.interval).toBe(1500)
})

test('A legend takes labels, and a label that is missing is empty.', () => {
  expect(names('job {{job}}, {{ nope }}.')).toEqual(['job a, .', 'job b, .'])
})

test('The automatic legend shows the labels that differ, or the query where there are none.', () => {
  expect(names('__auto')).toEqual(['{__name__="up", job="a"}', '{__name__="up", job="b"}'])
  expect(
    names('__auto', { resultType: 'matrix', result: [{ metric: {}, values: [[1, '1']] }] }),
  ).toEqual(['up'])
  expect(names('')).toEqual(['up{job="a"}', 'up{job="b"}'])
})

test('A scalar becomes one nameless series.', () => {
  expect(names('', { resultType: 'scalar', result: [1, '4'] })).toEqual(['up'])
})

const vector = (values: Record<string, string>): PrometheusResult => ({
  resultType: 'vector',
  result: Object.entries(values).map(([customer, value]) => ({
    metric: { customer },
    value: [10, value],
  })),
})

test('An instant table has a time, a column for every label and a value.', () => {
  const frame = tableFrame(
    {
      resultType: 'vector',
      result: [
        { metric: { b: '1' }, value: [1, '2'] },
        { metric: { a: '3' }, value: [1, '4'] },
      ],
    },
    'A',
    'Value',
  )
  expect(frame.fields.map(({ name, values }) => [name, values])).toEqual([
    ['Time', [1000, 1000]],
    ['a', ['', '3']],
    ['b', ['1', '']],
    ['Value', [2, 4]],
  ])
})

beforeAll(registerStandardTransformers)

test.each([
  { id: 'merge', options: {} },
  { id: 'joinByField', options: { byField: 'customer', mode: 'outer' } },
  { id: 'seriesToColumns', options: { byField: 'customer' } },
])('Tables of several queries join by $id, each value in a column of its own.', async (join) => {
  // transformDataFrame asks the window whether it runs in Grafana's scenes.
  Object.assign(globalThis, { window: {} })
  const tables = [vector({ acme: '10', globex: '20' }), vector({ acme: '1' })].map(
    (result, index) => tableFrame(result, 'AB'[index]!, valueColumnName('AB'[index]!, 2)),
  )
  const [joined] = await lastValueFrom(transformDataFrame([join], tables))
  const column = (name: string) => joined!.fields.find((field) => field.name === name)?.values
  expect([column('customer'), column('Value #A')]).toEqual([
    ['acme', 'globex'],
    [10, 20],
  ])
  expect(column('Value #B')?.[0]).toBe(1)
  expect(column('Value #B')?.[1] ?? null).toBeNull()
})
