import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quotedSearch, rumSearch, rumTerm } from './rum-search.ts'

test('plain words stand bare, all else in quotes', () => {
  expect(rumSearch('@type:error', rumTerm('service', 'signup-web', 'product-web'))).toBe(
    '@type:error service:(signup-web OR product-web)',
  )
  expect(rumTerm('@view.name', '/signup/account')).toBe('@view.name:"/signup/account"')
  expect(rumTerm('@context.team', 'OR')).toBe('@context.team:"OR"')
  expect(rumTerm('@context.feature', 'a "b" \\ *:c')).toBe('@context.feature:"a \\"b\\" \\\\ *:c"')
})

test('whatever a value is, it ends where it should, in a monitor’s query as well', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const term = rumTerm('@a', value)
      expect(term).toMatch(/^@a:(?:[A-Za-z0-9][A-Za-z0-9_-]*|"(?:[^"\\]|\\["\\])*")$/u)
      expect(JSON.parse(quotedSearch(term))).toBe(term)
    }),
  )
})
