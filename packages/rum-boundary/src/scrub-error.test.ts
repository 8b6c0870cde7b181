import { describe, expect, test } from 'vitest'
import { scrubError } from './scrub-error.ts'
import { statics } from './testing/declared.ts'

describe('errors', () => {
  const cruel = (trap: () => never) =>
    new Proxy({}, { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap })
  test.for<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a string', 'jane'],
    ['a number', 4915112345],
    ['a symbol', Symbol('jane')],
    ['a function', function jane() {}],
    ['a frozen error', Object.freeze(new Error('jane'))],
    [
      'a proxy that throws',
      cruel(() => {
        throw new Error('jane')
      }),
    ],
    [
      'a revoked proxy',
      (() => {
        const { proxy, revoke } = Proxy.revocable({}, {})
        revoke()
        return proxy
      })(),
    ],
    [
      'getters that throw',
      {
        get message() {
          throw new Error('jane')
        },
        get stack() {
          throw new Error('jane')
        },
      },
    ],
    ['an error with causes', new Error('jane', { cause: new Error('jane') })],
    [
      'an object that says another type',
      { name: { toString: () => 'jane' }, message: ['jane'], stack: { split: () => ['jane'] } },
    ],
  ])('from %s a copy is made, with nothing of it', ([, error]) => {
    const { message, name, stack } = scrubError(error, statics)
    expect([name, message]).toEqual(['Error', '(message withheld)'])
    expect(stack).not.toMatch(/jane|4915112345/)
  })

  test('the error itself stays as it was', () => {
    const error = new Error('jane', { cause: 'jane' })
    const { stack } = error
    scrubError(error, statics)
    expect([error.message, error.stack, error.cause]).toEqual(['jane', stack, 'jane'])
  })

  test('declared classes and messages survive', () => {
    const error = Object.assign(new Error('The signup is closed'), { name: 'SignupError' })
    expect(scrubError(error, statics)).toMatchObject({
      name: 'SignupError',
      message: 'The signup is closed',
    })
  })
})
