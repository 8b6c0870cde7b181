import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeError } from './describe-error.ts'
import { fingerprint } from './fingerprint.ts'

const thrown = (message: string) => new TypeError(message)

test('what an error quotes makes no new kind', () => {
  const all = ['user 17 is "anna"', 'user 4711 is "bob"'].map(thrown).map(fingerprint)
  expect(all[0]).toBe(all[1])
  expect(all[0]).toContain('TypeError|user # is #|')
})

test('another name, another text and another place do', () => {
  const elsewhere = new TypeError('one')
  const all = [thrown('one'), new RangeError('one'), thrown('two'), elsewhere].map(fingerprint)
  expect(new Set(all).size).toBe(4)
})

test('a message that looks like a place is not taken for one', () => {
  const error = thrown('first\n    at https://example.com/a.js:1:1')
  expect(fingerprint(error)).toContain('fingerprint.test.ts')
})

test('a message of a megabyte costs no more than its beginning', () => {
  expect(fingerprint(thrown('x'.repeat(1_000_000))).length).toBeLessThan(1000)
})

test('whatever is thrown can be described', () => {
  const fail = () => {
    throw new Error('no')
  }
  const evil = new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail })
  const { proxy, revoke } = Proxy.revocable(new Error('gone'), {})
  revoke()
  for (const value of [evil, proxy, Object.freeze(new Error('frozen')), Symbol('s'), 1n, fail])
    expect(fingerprint(value)).toBeTypeOf('string')
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
      for (const text of Object.values(describeError(value))) expect(text).toBeTypeOf('string')
    }),
  )
})
