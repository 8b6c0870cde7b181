import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleLine } from './exposition.ts'

test('A sample is a line.', () => {
  const series = { name: 'up', labels: { job: 'a', instance: 'b:1' } }
  expect(sampleLine({ series, value: 1 })).toBe('up{job="a",instance="b:1"} 1\n')
  expect(sampleLine({ series: { name: 'up', labels: {} }, value: Infinity })).toBe('up{} +Inf\n')
  expect(sampleLine({ series: { name: 'up', labels: {} }, value: Number.NaN })).toBe('up{} NaN\n')
})

test('A label comes back as it was, whatever is in it, and never ends its line.', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', 'n', '{', '}', 'é', '\t') })
  fc.assert(
    fc.property(text, (value) => {
      const line = sampleLine({ series: { name: 'up', labels: { a: value } }, value: 1 })
      expect(line.split('\n')).toHaveLength(2)
      const [, escaped = ''] = /^up\{a="((?:\\.|[^"\\])*)"\} 1\n$/s.exec(line) ?? ['', 'no match']
      const back = escaped.replaceAll(/\\(.)/gs, (_, next: string) => (next === 'n' ? '\n' : next))
      expect(back).toBe(value)
    }),
  )
})
