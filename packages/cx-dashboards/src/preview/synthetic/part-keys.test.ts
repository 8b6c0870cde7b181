import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyOf, equals } from '../../promql/matcher.ts'
import { series } from '../../promql/expression.ts'
import { partKeys } from './part-keys.ts'

test('A query needs the services, routes, objectives and apps that it names, each once.', () => {
  const query =
    'sum(rate(cx_requests_total{service_name="a", http_route="/x"}[5m])) / sum(up{service_name="b"}) or up{service_name="b"}'
  expect(partKeys(query)).toEqual([
    { kind: 'route', service: 'a', route: '/x' },
    { kind: 'service', name: 'b' },
  ])
  expect(partKeys('slo:x{objective=~"one|two"} + cx_sessions_total{app="shop"}')).toEqual([
    { kind: 'objective', name: 'one' },
    { kind: 'objective', name: 'two' },
    { kind: 'app', name: 'shop' },
  ])
})

test('What a query refuses, or leaves open, names nothing.', () => {
  expect(partKeys('up{service_name!="a", http_route="/"} + up{service_name=""} + up')).toEqual([])
})

test('Names are found whatever is in them.', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), (names) => {
      const [first = ''] = names
      const found = (matcher: ReturnType<typeof equals>) =>
        partKeys(series('up', [matcher]).text).flatMap((key) => ('name' in key ? key.name : []))
      expect(found(equals('objective', first))).toEqual([first.toWellFormed()])
      expect(found(anyOf('objective', names))).toEqual(names.map((each) => each.toWellFormed()))
    }),
  )
})
