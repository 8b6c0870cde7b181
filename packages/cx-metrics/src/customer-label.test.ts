import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customerLabel } from './customer-label.ts'

test.for([
  [undefined, 'none'],
  [null, 'none'],
  ['', 'none'],
  ['contoso', 'contoso'],
  ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
  ['contoso.example.com', 'contoso.example.com'],
  ['a'.repeat(64), 'a'.repeat(64)],
  ['a'.repeat(65), 'invalid'],
  ['x'.repeat(10_240), 'invalid'],
  ['con"toso', 'invalid'],
  ['con\\toso', 'invalid'],
  ['con\ntoso', 'invalid'],
  ['contoso\n', 'invalid'],
  ['con\0toso', 'invalid'],
  ['köln', 'invalid'],
  ['\uD800', 'invalid'],
  ['someone@example.com', 'invalid'],
  ['__proto__', 'invalid'],
  ['constructor', 'constructor'],
  ['other', 'invalid'],
  ['none', 'invalid'],
  ['invalid', 'invalid'],
  [42, 'invalid'],
  [{}, 'invalid'],
  [['contoso', 'fabrikam'], 'invalid'],
  [Promise.resolve('contoso'), 'invalid'],
] as const)('the customer %o is labelled %s', ([value, label]) => {
  expect(customerLabel(value)).toBe(label)
})

test('whatever clients send, the label is safe to print', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.anything()), (value) => {
      expect(customerLabel(value)).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    }),
  )
})
