import fc from 'fast-check'
import { expect, test } from 'vitest'
import { increase, rate, series, sum, times } from '../promql/expression.ts'
import { equals } from '../promql/matcher.ts'
import { expandVariables } from './expand-variables.ts'
import { promqlSelectors } from './promql-selectors.ts'

test('each variable of Grafana becomes something that parses', () => {
  for (const query of [
    'rate(a[$__rate_interval])',
    'rate(a[${__rate_interval}])',
    'rate(a[[[__rate_interval]]])',
    'sum_over_time(a[$window:$__interval]) * $__interval_ms / 1000',
    'a offset $shift > $limit',
    'topk($__range_s, a{b=~"$c"})',
  ])
    expect(promqlSelectors(query), query).toBeDefined()
})

test('a selector is told with its range and the function that takes it', () => {
  expect(
    promqlSelectors('max(rate(a{b="c", d=~"$e"}[5m] offset 1h) / (f)) + sum_over_time(g[1d])'),
  ).toEqual([
    { metric: 'a', matchers: ['b="c"', 'd=~"$e"'], range: '5m', calledBy: 'rate' },
    { metric: 'f', matchers: [] },
    { metric: 'g', matchers: [], range: '1d', calledBy: 'sum_over_time' },
  ])
})

test('what no Prometheus takes has no selectors', () => {
  for (const query of ['', ' ', 'sum(', 'a{b=c}', 'a b', 'rate(a[5m)'])
    expect(promqlSelectors(query), query).toBeUndefined()
})

const value = fc.string({ unit: fc.constantFrom(...'a"\\{}[]():,=$` \'\n', '$b', '[[c]]', '${d}') })

test('whatever a label holds, the selectors are those that were written', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      const { text } = times(
        sum(rate(series('a', [equals('x', one)]), '$__rate_interval')),
        increase(series('b_total', [equals('y', other)]), '$__range'),
      )
      const found = promqlSelectors(text)
      expect(found?.map(({ calledBy, metric }) => [metric, calledBy])).toEqual([
        ['a', 'rate'],
        ['b_total', 'increase'],
      ])
      expect(found?.every(({ matchers }) => matchers.length === 1)).toBe(true)
    }),
  )
})

test('a string stays as it is', () => {
  fc.assert(
    fc.property(value, (text) => {
      const query = JSON.stringify(text)
      expect(expandVariables(query)).toBe(query)
    }),
  )
})
