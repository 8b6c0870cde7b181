import { parser } from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { series } from './expression.ts'
import {
  anyOf,
  equals,
  equalsVariable,
  noneOf,
  startsWithAnyOf,
  startsWithNoneOf,
} from './matcher.ts'

test.for([
  [equals('l', 'plain'), 'l="plain"'],
  [equals('l', 'a"b\\c\nd'), String.raw`l="a\"b\\c\nd"`],
  [equals('l', '${env} $x [[y]]'), String.raw`l="\x24{env} \x24x \x5b[y]]"`],
  [equals('l', '\uD800'), String.raw`l="\ufffd"`],
  [equals('l', '\uE000'), String.raw`l="\ue000"`],
  [anyOf('l', ['one']), 'l="one"'],
  [anyOf('l', ['a.b', 'c|d']), String.raw`l=~"a\\.b|c\\|d"`],
  [noneOf('l', ['one']), 'l!="one"'],
  [noneOf('l', ['a', 'b']), 'l!~"a|b"'],
  [startsWithAnyOf('l', ['a.', 'b']), String.raw`l=~"a\\..*|b.*"`],
  [startsWithNoneOf('l', ['5']), 'l!~"5.*"'],
  [equalsVariable('l', 'environment'), 'l="$environment"'],
] as const)('the matcher %o is escaped', ([matcher, text]) => {
  expect(series('m', [matcher]).text).toBe(`m{${text}}`)
})

test('whatever a value holds, Prometheus parses it and Grafana finds no variable in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }),
      (values) => {
        const { text } = series('m', [
          equals('l', values[0] as string),
          anyOf('l', values),
          noneOf('l', values),
          startsWithAnyOf('l', values),
          startsWithNoneOf('l', values),
        ])
        expect(isUnderstood(text)).toBe(true)
        expect(text).not.toMatch(/\$|\[\[/)
      },
    ),
  )
})

/** Whether Prometheus' own grammar makes sense of all of it. */
const isUnderstood = (text: string): boolean => {
  let understood = true
  parser.parse(text).iterate({
    enter: ({ type }) => {
      if (type.isError) understood = false
    },
  })
  return understood
}
