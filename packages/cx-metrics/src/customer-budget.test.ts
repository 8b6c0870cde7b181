import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCustomerBudget } from './customer-budget.ts'

const budget = (limit = 100, pinned: readonly string[] = []) =>
  createCustomerBudget({ name: 'customer', limit, pinned })

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
  expect(budget()(value)).toBe(label)
})

test('customers beyond the limit share a label, those before keep theirs', () => {
  const label = budget(2)
  expect(['a', 'b', 'c', 'a', 'c', 'b'].map(label)).toEqual(['a', 'b', 'other', 'a', 'other', 'b'])
})

test('a pinned customer has a label whatever came before, and takes none of the limit', () => {
  const label = budget(1, ['pinned'])
  expect(['a', 'b', 'pinned'].map(label)).toEqual(['a', 'other', 'pinned'])
})

test('whatever clients send, labels are bounded in number and safe to print', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.anything())),
      (values) => {
        const seen = new Set(values.map(budget(10)))
        expect(seen.size).toBeLessThanOrEqual(13)
        for (const label of seen) expect(label).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
      },
    ),
  )
})
