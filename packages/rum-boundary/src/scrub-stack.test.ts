import { describe, expect, test } from 'vitest'
import { scrubError } from './scrub-error.ts'
import { scrubComponentStack, scrubStack } from './scrub-stack.ts'
import { at, statics } from './testing/declared.ts'

describe('stacks', () => {
  test('of V8, Firefox, Safari and Datadog are told apart by nothing but their places', () => {
    const file = 'https://page.invalid/index-4f2a.js'
    expect(
      scrubStack(
        [
          'TypeError: jane@example.com',
          `    at jane (${at}/assets/index-4f2a.js:1:23)`,
          `    at async submitForm (${at}/assets/index-4f2a.js:4:5)`,
          `    at ${at}/assets/index-4f2a.js?user=jane:6:7`,
          `jane@${at}/assets/index-4f2a.js:8:9`,
          `  at submitForm @ ${at}/assets/index-4f2a.js:10:11`,
          `    at jane (${at}/users/jane:12:13)`,
          '    at jane (https://elsewhere.example/jane.js:1:2)',
          '    at eval (eval at jane (jane.js:1:2), <anonymous>:1:2)',
          '    at jane (<anonymous>)',
        ].join('\n'),
        statics,
      ).split('\n'),
    ).toEqual([
      `    at <anonymous> (${file}:1:23)`,
      `    at submitForm (${file}:4:5)`,
      `    at <anonymous> (${file}:6:7)`,
      `    at <anonymous> (${file}:8:9)`,
      `    at submitForm (${file}:10:11)`,
      '    at <anonymous> (https://page.invalid/page:12:13)',
    ])
  })

  test('of components have declared components alone', () => {
    const stack = `\n    at Jane (${at}/a.js:1:2)\n    at SignupForm (${at}/a.js:1:2)\n    at div`
    expect(scrubComponentStack(stack, statics)).toBe('    at SignupForm')
  })

  test('a message whose lines look like frames adds none', () => {
    const message = `x\n    at jane (${at}/jane.js:1:1)`
    const error = Object.assign(new Error(message), {
      stack: `Error: ${message}\n    at run (${at}/assets/a.js:2:3)`,
    })
    expect(scrubError(error, statics).stack).toBe(
      'Error: (message withheld)\n    at <anonymous> (https://page.invalid/a.js:2:3)',
    )
  })
})
