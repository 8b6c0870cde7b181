import fc from 'fast-check'
import { expect, test } from 'vitest'
import { and, number, over, series, sum } from '../promql/expression.ts'
import { equals } from '../promql/matcher.ts'
import { encodedLabel, equalsLabel, label, onFirst, queried, template } from './template.ts'

/** As Go expands a template whose actions print nothing but braces. */
const expanded = (source: string): string => {
  const text = source.replaceAll('{{ "{" }}', '\u0000')
  expect(text).not.toContain('{')
  return text.replaceAll('\u0000', '{')
}

const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{', '{{', '}}', '{{ "{" }}', '"', '`'),
    ),
  )
  .map((parts) => parts.join('').replaceAll('\u0000', ''))

test('whatever is put into a template stands for itself', () => {
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      expect(expanded(template`a ${one}${other} b`.source)).toBe(`a ${one}${other} b`)
    }),
  )
})

test('a template within a template is not escaped again', () => {
  const inner = template`${'{{'} ${label('owner')}`
  expect(template`${inner}: ${3}`.source).toBe('{{ "{" }}{{ "{" }} {{ $labels.owner }}: 3')
  expect(encodedLabel('owner').source).toBe('{{ $labels.owner | urlquery }}')
})

test('half a character becomes the sign for one', () => {
  expect(template`${'\uD800'}`.source).toBe('\uFFFD')
})

test('a query is a Go string, and what it finds is shown', () => {
  const text = queried(sum(series('a', [equals('l', 'x"y%')])), 'count', 'none {{')
  expect(text.source).toBe(
    String.raw`{{ with query "sum(a{l=\"x\\\"y%\"})" }}{{ . | first | value | printf "%.0f" }}{{ else }}none {{ "{" }}{{ "{" }}{{ end }}`,
  )
})

test('labels of the alert are put into a query in their order, each quoted; a percent sign stays one', () => {
  const asked = and(
    series('a', [equalsLabel('env'), equals('l', '50%')]),
    over(series('b', [equalsLabel('customer')]), number(2)),
  )
  expect(onFirst(asked, { source: 'yes' }, template`no`).source).toBe(
    String.raw`{{ with printf "a{env=%+q, l=\"50%%\"} and b{customer=%+q} / 2" $labels.env $labels.customer | query }}yes{{ else }}no{{ end }}`,
  )
})

test('no name can pass for a label of the alert', () => {
  const asked = series('a', [equals('l', '\uE000owner\uE000'), equalsLabel('env')])
  expect(queried(asked, 'count').source).toContain(
    String.raw`printf "a{l=\"\\ue000owner\\ue000\", env=%+q}" $labels.env | query`,
  )
})
