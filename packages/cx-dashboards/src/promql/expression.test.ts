import { parser } from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  above,
  and,
  atLeast,
  atLeastZero,
  atMostOne,
  below,
  cubed,
  type Expression,
  histogramQuantile,
  increase,
  isAbove,
  isEqual,
  labelled,
  minus,
  modulo,
  number,
  or,
  orElse,
  orZero,
  over,
  plus,
  rate,
  joinedLabels,
  renamed,
  scalar,
  series,
  sum,
  sumOverSteps,
  sumOverTime,
  times,
  unless,
} from './expression.ts'
import { equals } from './matcher.ts'

const a = series('a', [])
const b = series('b', [])
const c = series('c', [])

/** Prometheus' own grammar: names of the nodes it could not make sense of. */
const errorsIn = (text: string): string[] => {
  const errors: string[] = []
  parser.parse(text).iterate({
    enter: ({ from, type }) => {
      if (type.isError) errors.push(`at ${from} of ${text}`)
    },
  })
  return errors
}

test.for([
  [over(or(a, b), c), '(a or b) / c'],
  [or(over(a, b), c), 'a / b or c'],
  [over(a, over(b, c)), 'a / (b / c)'],
  [over(over(a, b), c), 'a / b / c'],
  [times(number(0), or(a, b)), '0 * (a or b)'],
  [sum(or(a, b), ['x', 'y']), 'sum by (x, y) (a or b)'],
  [sum(a), 'sum(a)'],
  [
    histogramQuantile(0.95, sum(rate(a, '5m'), ['le'])),
    'histogram_quantile(0.95, sum by (le) (rate(a[5m])))',
  ],
  [increase(series('a', [equals('b', 'c')]), '$__range'), 'increase(a{b="c"}[$__range])'],
  [minus(a, minus(b, c)), 'a - (b - c)'],
  [over(plus(a, or(b, c)), c), '(a + (b or c)) / c'],
  [joinedLabels(a, ['b', 'c'], 'd'), 'label_join(a, "d", "", "b", "c")'],
  [renamed(a, 'from', 'to'), String.raw`label_replace(a, "to", "\x241", "from", "(.*)")`],
  [over(minus(a, b), c), '(a - b) / c'],
  [minus(over(a, b), c), 'a / b - c'],
  [or(minus(a, b), c), 'a - b or c'],
  [orZero(a, b), 'a or 0 * b'],
  [over(orZero(a, c), orZero(b, c)), '(a or 0 * c) / (b or 0 * c)'],
  [atLeastZero(minus(a, b)), 'clamp_min(a - b, 0)'],
  [atMostOne(over(a, b)), 'clamp_max(a / b, 1)'],
  [and(or(a, b), c, []), '(a or b) and on () c'],
  [or(and(a, b), c), 'a and b or c'],
  [and(a, or(b, c)), 'a and (b or c)'],
  [unless(and(a, b), c, ['x']), 'a and b unless on (x) c'],
  [and(a, unless(b, c)), 'a and (b unless c)'],
  [orElse(a, or(b, c), ['x', 'y']), 'a or on (x, y) (b or c)'],
  [above(or(a, b), c), '(a or b) > c'],
  [and(above(a, b), below(b, c)), 'a > b and b < c'],
  [below(atLeast(a, number(1)), number(2)), 'a >= 1 < 2'],
  [above(a, above(b, c)), 'a > (b > c)'],
  [over(above(a, b), c), '(a > b) / c'],
  [above(over(a, b), plus(b, c)), 'a / b > b + c'],
  [isAbove(or(a, b), or(b, c)), '((a or b) > bool (b or c))'],
  [isEqual(above(a, b), minus(b, c)), '((a > b) == bool b - c)'],
  [modulo(minus(a, b), c), '(a - b) % c'],
  [modulo(a, times(b, c)), 'a % (b * c)'],
  [cubed(over(a, b)), '(a / b) ^ 3'],
  [times(a, cubed(b)), 'a * b ^ 3'],
  [cubed(cubed(a)), '(a ^ 3) ^ 3'],
  [sumOverTime(a, '30d'), 'sum_over_time(a[30d])'],
  [sumOverTime(a, '30d', 5), 'sum_over_time(a[30d] @ 5)'],
  [sumOverSteps(and(a, b), '1d', '5m'), 'sum_over_time((a and b)[1d:5m])'],
  [sumOverSteps(a, '1d', '5m', '7d'), 'sum_over_time((a)[1d:5m] offset 7d)'],
  [over(a, scalar(orZero(b, c))), 'a / scalar(b or 0 * c)'],
  [
    labelled(or(a, b), 'step', '1 $x'),
    String.raw`label_replace(a or b, "step", "1 \x24\x24x", "", "")`,
  ],
] as const)('%o keeps its meaning in text', ([expression, text]) => {
  expect(expression.text).toBe(text)
})

/** The tree of a text, without the parentheses, so that only what binds to what is compared. */
const shape = (text: string): string => {
  let found = ''
  parser.parse(text).iterate({
    enter: ({ from, name, node, to }) => {
      if (name === 'ParenExpr') return
      found += `(${name}${node.firstChild ? '' : text.slice(from, to)}`
    },
    leave: ({ name }) => {
      if (name !== 'ParenExpr') found += ')'
    },
  })
  return found
}

/** An expression, and its meaning with every parenthesis written out. */
type Meant = readonly [composed: Expression, explicit: string]

test('any composition parses, and parses as it was composed', () => {
  const leaf = fc.constantFrom<Meant>([a, 'a'], [b, 'b'], [number(0.5), '0.5'])
  const operators = [
    [or, 'or'],
    [over, '/'],
    [times, '*'],
    [minus, '-'],
    [modulo, '%'],
    [and, 'and'],
    [unless, 'unless'],
    [above, '>'],
    [below, '<'],
  ] as const
  const { tree } = fc.letrec<{ tree: Meant }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      leaf,
      fc
        .tuple(fc.constantFrom(...operators), tie('tree'), tie('tree'))
        .map(([[join, sign], left, right]): Meant => [
          join(left[0], right[0]),
          `((${left[1]}) ${sign} (${right[1]}))`,
        ]),
      fc
        .tuple(tie('tree'), tie('tree'))
        .map(([left, right]): Meant => [
          isAbove(left[0], right[0]),
          `((${left[1]}) > bool (${right[1]}))`,
        ]),
      tie('tree').map(([of, explicit]): Meant => [cubed(of), `((${explicit}) ^ 3)`]),
      tie('tree').map(([of, explicit]): Meant => [sum(of, ['x']), `sum by (x) (${explicit})`]),
    ),
  }))
  fc.assert(
    fc.property(tree, ([{ text }, explicit]) => {
      expect(errorsIn(text)).toEqual([])
      expect(shape(text)).toBe(shape(explicit))
    }),
  )
})
