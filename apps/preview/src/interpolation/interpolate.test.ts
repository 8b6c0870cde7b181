import {
  createTheme,
  dateTime,
  FieldType,
  getLinksSupplier,
  toDataFrame,
  type TimeRange,
} from '@grafana/data'
import { expect, test } from 'vitest'
import { interpolator, type InterpolationContext } from './interpolate.ts'
import type { VariableValue } from './variable-value.ts'

const range: TimeRange = {
  from: dateTime(1_000_000),
  to: dateTime(4_600_000),
  raw: { from: 'now-1h', to: 'now' },
}
const variable = (
  part: Partial<VariableValue> & Pick<VariableValue, 'name' | 'value'>,
): VariableValue => ({ text: String(part.value), isRegex: false, isAll: false, ...part })
const one = variable({ name: 'customer', value: 'a.b "c"' })
const two = variable({
  name: 'routes',
  value: ['/a{id}', '/b'],
  text: '/a{id} + /b',
  isRegex: true,
})
const all = variable({
  name: 'all',
  value: ['x', 'y'],
  text: 'All',
  isRegex: true,
  isAll: true,
  allValue: '.+',
})
const plainAll = variable({
  name: 'plain',
  value: ['x', 'y'],
  text: 'All',
  isRegex: true,
  isAll: true,
})
const context: InterpolationContext = {
  variables: [one, two, all, plainAll],
  range,
  builtIns: { __rate_interval: '20s' },
}
const text = (target: string, format?: string) => interpolator(context)(target, {}, format)
const promql = interpolator({ ...context, defaultFormat: 'promql' })

test('A variable is found with and without braces, and what is no variable stays as it is.', () => {
  expect(text('$customer ${customer} $customers $5 ${nope} $')).toBe(
    'a.b "c" a.b "c" $customers $5 ${nope} $',
  )
})

test('In PromQL a single value is escaped as text, several become an escaped group.', () => {
  expect(promql('{c="$customer"}')).toBe('{c="a.b \\"c\\""}')
  expect(promql('{r=~"$routes"}')).toBe('{r=~"(/a\\\\{id\\\\}|/b)"}')
  expect(promql('{r=~"${routes:regex}"}')).toBe('{r=~"(\\/a\\{id\\}|\\/b)"}')
})

test('A single value of a variable that can hold several is escaped for a regular expression.', () => {
  const single = variable({ name: 'v', value: ['a.b'], isRegex: true })
  expect(interpolator({ ...context, variables: [single], defaultFormat: 'promql' })('$v')).toBe(
    'a\\\\.b',
  )
})

test('All takes the value the dashboard gives for it, unescaped, or all values.', () => {
  expect(promql('$all $plain')).toBe('.+ (x|y)')
  expect(text('${all:text} ${all:queryparam} ${plain:queryparam}')).toBe(
    'All var-all=%24__all var-plain=%24__all',
  )
})

test.each([
  ['pipe', '/a{id}|/b'],
  ['csv', '/a{id},/b'],
  ['glob', '{/a{id},/b}'],
  ['json', '["/a{id}","/b"]'],
  ['text', '/a{id} + /b'],
  ['singlequote', "'/a{id}','/b'"],
  ['queryparam', 'var-routes=%2Fa%7Bid%7D&var-routes=%2Fb'],
  ['percentencode', '%7B%2Fa%7Bid%7D%2C%2Fb%7D'],
])('The format %s gives %s.', (format, expected) => {
  expect(text(`\${routes:${format}}`)).toBe(expected)
})

test('A format in the text goes before the format of the caller.', () => {
  expect(text('$routes ${routes:csv}', 'pipe')).toBe('/a{id}|/b /a{id},/b')
})

test('Time macros come from the range.', () => {
  expect(text('$__from ${__to} $__range $__range_s $__range_ms ${__from:date:seconds}')).toBe(
    '1000000 4600000 3600s 3600 3600000 1000',
  )
  expect(text('?${__url_time_range}&${__all_variables}')).toBe(
    '?from=now-1h&to=now&var-customer=a.b%20%22c%22&var-routes=%2Fa%7Bid%7D&var-routes=%2Fb&var-all=%24__all&var-plain=%24__all',
  )
})

test('The interval macros are filled in where a query knows them and left alone elsewhere.', () => {
  expect(promql('rate(x[$__rate_interval])')).toBe('rate(x[20s])')
  expect(interpolator({ variables: [], range })('$__rate_interval')).toBe('$__rate_interval')
})

test('A link in a table cell knows its value, its row and its labels.', () => {
  const url =
    '/d/x?${__url_time_range}&c=${__value.raw:percentencode}&e=${__data.fields.errors}&e2=${__data.fields["errors"].numeric}&l=${__field.labels.team}&n=${__field.name}&t=${__value.text}'
  const frame = toDataFrame({
    name: 'table',
    fields: [
      {
        name: 'customer',
        type: FieldType.string,
        values: ['acme', 'b/c'],
        labels: { team: 'documents' },
        config: { links: [{ title: '${__value.text}', url }] },
      },
      { name: 'errors', type: FieldType.number, values: [1, 2], config: {} },
    ],
  })
  const links = getLinksSupplier(
    frame,
    frame.fields[0]!,
    {},
    interpolator(context),
  )({ valueRowIndex: 1 })
  expect(links).toMatchObject([
    {
      title: 'b/c',
      href: '/d/x?from=now-1h&to=now&c=b/c&e=2&e2=2&l=documents&n=customer documents&t=b/c',
    },
  ])
})

test('A calculated value gives its number as raw and its unit in the text.', () => {
  const theme = createTheme()
  const frame = toDataFrame({
    fields: [
      { name: 'share', type: FieldType.number, values: [0.5], config: { unit: 'percentunit' } },
    ],
  })
  const display = { text: '50', suffix: '%', numeric: 0.5, color: theme.colors.text.primary }
  const scoped = {
    __dataContext: {
      text: '',
      value: { data: [frame], frame, field: frame.fields[0]!, calculatedValue: display },
    },
  }
  expect(interpolator(context)('${__value.raw} ${__value.text} $__value', scoped)).toBe(
    '0.5 50% 50%',
  )
})
