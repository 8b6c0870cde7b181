import { parser } from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { increase, labelled, series, sum, times } from './expression.ts'
import { equals, noneOf } from './matcher.ts'
import { readSelectors } from './read-selectors.ts'

const all = (name: string) => /^(slo|cx)/.test(name)

test('names, matchers and ranges are read, functions and labels are not', () => {
  const text =
    'sum by (cx, le) (increase(cx_a{x="1", y!~"a|b"}[5m])) / clamp_min(slo:b:c2m, 0) or vector(1)'
  expect(readSelectors(text, (name) => name !== 'cx' && all(name))).toEqual([
    {
      name: 'cx_a',
      matchers: [
        { label: 'x', operator: '=', value: '1' },
        { label: 'y', operator: '!~', value: 'a|b' },
      ],
      windowSeconds: 300,
      times: 1,
    },
    { name: 'slo:b:c2m', matchers: [], windowSeconds: 0, times: 1 },
  ])
})

test('what stands in a subquery is read at each of its steps', () => {
  const uses = readSelectors('sum_over_time((slo:a and slo:b)[31d:2m]) + slo:c[1h]', all)
  expect(uses.map(({ name, times: often, windowSeconds }) => [name, often, windowSeconds])).toEqual(
    [
      ['slo:a', 22_320, 0],
      ['slo:b', 22_320, 0],
      ['slo:c', 1, 3600],
    ],
  )
})

/** By Prometheus' own grammar. */
const selectorsIn = (text: string): string[] => {
  const names: string[] = []
  parser.parse(text).iterate({
    enter: ({ from, name, to }) => {
      if (name === 'VectorSelector') names.push(/^[\w:]+/.exec(text.slice(from, to))?.[0] ?? '')
    },
  })
  return names
}

test('whatever a label holds, the selectors are those that Prometheus sees', () => {
  const value = fc.string({
    unit: fc.constantFrom(...'a"\\{}[]():,= $\n', ' cx_b ', ' slo:c ', '[5m]'),
  })
  fc.assert(
    fc.property(value, value, (one, other) => {
      const { text } = times(
        labelled(
          sum(increase(series('cx_a', [equals('x', one), noneOf('y', [other])]), '5m'), ['z']),
          'w',
          one,
        ),
        series('slo:d', [equals('x', other)]),
      )
      expect(readSelectors(text, all).map(({ name }) => name)).toEqual(selectorsIn(text))
    }),
  )
})
