import { createDataFrame, FieldType } from '@grafana/data'
import { expect, test } from 'vitest'
import { resultRows } from './result-rows.ts'

const overTime = createDataFrame({
  name: 'contoso',
  fields: [
    { name: 'Time', type: FieldType.time, values: [1000, 2000, 3000] },
    { name: 'Value', type: FieldType.number, values: [1, Number.NaN, 0.25] },
  ],
})

test('Of a series the newest samples are shown first, as they came.', () => {
  const { columns, length, rows, title } = resultRows(overTime, [overTime], 2)
  expect({ length, title, columns }).toEqual({
    length: 3,
    title: 'contoso',
    columns: ['Time', 'contoso'],
  })
  expect(rows.map(([, value]) => value)).toEqual(['0.25', 'NaN'])
})

test('A table keeps its order, and what is missing is empty.', () => {
  const table = createDataFrame({
    fields: [
      { name: 'Customer', type: FieldType.string, values: ['b', 'a'] },
      { name: 'Errors', type: FieldType.number, values: [2, null] },
    ],
  })
  expect(resultRows(table, [table], 10).rows).toEqual([
    ['b', '2'],
    ['a', ''],
  ])
})
