import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scrubUrl, withheldUrl } from './scrub-url.ts'
import { at, statics } from './testing/declared.ts'

describe('addresses', () => {
  test.for([
    [`${at}/signup/account?email=jane#jane`, `${at}/signup/account`],
    [`${at}/users/jane`, `${at}/users/:user`],
    [`${at}/users/new`, `${at}/users/new`],
    [`${at}/users/jane/`, `${at}/users/:user`],
    [`${at}/users/jane/more`, withheldUrl],
    [`${at}/assets/jane/a.js`, `${at}/assets/*`],
    ['https://other.example/users/jane', 'https://page.invalid/users/:user'],
    ['/api/documents/jane', 'https://page.invalid/api/documents/:documentId'],
    ['data:text/html,jane', withheldUrl],
    ['blob:https://signup.example.com/jane', withheldUrl],
    ['javascript:jane', withheldUrl],
    ['https://jane:jane@signup.example.com/signup/account', `${at}/signup/account`],
    ['jane', withheldUrl],
    ['', withheldUrl],
  ])('%s', ([url, expected]) => {
    expect(scrubUrl(url, statics)).toBe(expected)
  })

  test('no value survives, and what was scrubbed stays', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = scrubUrl(url, statics)
        expect([withheldUrl, 'https://page.invalid/assets/*']).toContain(once)
        expect(scrubUrl(once, statics)).toBe(once)
      }),
    )
  })
})
