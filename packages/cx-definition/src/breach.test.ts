import { expect, test } from 'vitest'
import { breach, breachProblems } from './breach.ts'
import { hours, minutes, seconds } from './duration.ts'
import { percent } from './percent.ts'

const found = (below: number, lasting: { readonly seconds: number }): string[] =>
  breachProblems('b', breach({ below: percent(below), lasting })).map(
    ({ code, path }) => `${code} ${path}`,
  )

test('a breach is a ticket unless it says otherwise', () => {
  const below99 = { below: percent(99), lasting: minutes(5) }
  expect(breach(below99).severity).toBe('ticket')
  expect(breach({ ...below99, severity: 'page' }).severity).toBe('page')
})

test.for([minutes(5), minutes(15), hours(1)])('it may last %o', (lasting) => {
  expect(found(99, lasting)).toEqual([])
})

test.for([minutes(0), minutes(4), seconds(330), minutes(61), hours(24), seconds(Number.NaN)])(
  'it may not last %o',
  (lasting) => {
    expect(found(99, lasting)).toEqual(['CX_ERR_BREACH b.lasting'])
  },
)

test.for([0, 100, 101, -1, Number.NaN])('%d %% is no line to fall below', (below) => {
  expect(found(below, minutes(5))).toEqual(['CX_ERR_TARGET b.below'])
})
