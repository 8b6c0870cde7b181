import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weaknessOf } from './password-rules.ts'

test.each([
  ['eleven chars'.slice(1), [], 'too-short'],
  ['👩🏽‍🚀👩🏽‍🚀', [], 'too-short'],
  ['é'.repeat(200), [], 'too-long'],
  ['PasswordPassword', [], 'common'],
  ['Pass word Pass word', [], 'common'],
  ['ababababababab', [], 'common'],
  ['my name is Ada L.', ['Ada'], undefined],
  ['analytical Engines', ['Analytical Engines'], 'personal'],
  ['ＡＮＡＬＹＴＩＣＡＬ engines', ['analytical'], 'personal'],
  ['a long walk by the sea', ['ada@example.com', ''], undefined],
] as const)('%j for %j is %s', (password, personal, weakness) => {
  expect(weaknessOf(password, personal)).toBe(weakness)
})

test('Judges any text without an error, and never says it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (password, personal) => {
      const weakness = weaknessOf(password, personal)
      expect([undefined, 'too-short', 'too-long', 'common', 'personal']).toContain(weakness)
    }),
  )
})
