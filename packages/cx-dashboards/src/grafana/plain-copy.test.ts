import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainCopy } from './plain-copy.ts'

test('a copy is what JSON would make of it, and shares nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const whole = {
        value,
        ['__proto__']: value,
        list: [value],
        build: () => value,
        nothing: undefined,
      }
      const copy = plainCopy(whole)
      expect(JSON.stringify(copy)).toBe(JSON.stringify(whole))
      expect(Object.keys(copy)).toEqual(['value', '__proto__', 'list'])
      expect(copy.list).not.toBe(whole.list)
    }),
  )
})
