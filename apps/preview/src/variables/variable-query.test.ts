import { expect, test } from 'vitest'
import { parseVariableQuery, queryText } from './variable-query.ts'

test.each([
  ['label_values(customer)', { kind: 'labelValues', selector: '', label: 'customer' }],
  [
    'label_values(cx_requests_total, customer)',
    { kind: 'labelValues', selector: 'cx_requests_total', label: 'customer' },
  ],
  [
    'label_values(x{a="1,2",b=~"c|d"}, http_route)',
    { kind: 'labelValues', selector: 'x{a="1,2",b=~"c|d"}', label: 'http_route' },
  ],
  ['label_names()', { kind: 'labelNames' }],
  ['metrics(cx_.*)', { kind: 'metrics', pattern: 'cx_.*' }],
  ['query_result(topk(3, x))', { kind: 'queryResult', expr: 'topk(3, x)' }],
])('%s is understood.', (text, expected) => {
  expect(parseVariableQuery(text)).toEqual(expected)
})

test('The query may stand in an object.', () => {
  expect(queryText({ query: { query: 'label_values(a)', refId: 'x' } })).toBe('label_values(a)')
})
