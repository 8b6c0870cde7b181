import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scrubMessage } from './scrub-message.ts'
import { statics } from './testing/declared.ts'

describe('messages', () => {
  test.for([
    ['The signup is closed', 'The signup is closed'],
    ['Uncaught Error: The signup is closed', 'The signup is closed'],
    ['Sign up', 'Sign up'],
    ['jane@example.com is taken', '(message withheld)'],
    ['', '(message withheld)'],
    ['Failed to fetch', 'Failed to fetch'],
    [
      "Cannot read properties of undefined (reading 'map')",
      "Cannot read properties of undefined (reading 'map')",
    ],
    [
      "Cannot read properties of undefined (reading 'email')",
      "Cannot read properties of undefined (reading 'email')",
    ],
    [
      "Cannot read properties of undefined (reading 'jane')",
      'Cannot read properties of undefined (reading …)',
    ],
    ['jane is not a function', '… is not a function'],
    ['Unexpected token \'j\', "jane" is not valid JSON', 'Unexpected token …, … is not valid JSON'],
    ['Cannot convert jane to a BigInt', 'Cannot convert … to a BigInt'],
    ['Invalid regular expression: /jane(/: Unterminated group', 'Invalid regular expression: …'],
    [
      "Failed to execute 'querySelector' on 'Document': 'jane[' is not a valid selector.",
      "Failed to execute 'querySelector' on …: … is not a valid selector.",
    ],
    [
      "Failed to execute 'structuredClone' on 'Window': ()=>jane could not be cloned.",
      "Failed to execute 'structuredClone' on 'Window': … could not be cloned.",
    ],
    [
      "undefined is not an object (evaluating 'user.jane')",
      'undefined is not an object (evaluating …)',
    ],
    ['can\'t access property "jane", user is undefined', "can't access property …, … is undefined"],
    ['JSON Parse error: Unexpected identifier "jane"', 'JSON Parse error: …'],
    ['JSON.parse: unexpected character at line 1 column 1 of the JSON data', 'JSON.parse: …'],
    [
      'Minified React error #418; visit https://react.dev/errors/418?args[]=jane',
      'Minified React error #…; visit …',
    ],
  ])('%s', ([message, expected]) => {
    expect(scrubMessage(message, statics)).toBe(expected)
  })

  test('what was scrubbed once stays as it is, since page and intake both scrub', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), knownShapes), (message) => {
        const once = scrubMessage(message, statics)
        expect(scrubMessage(once, statics)).toBe(once)
      }),
    )
  })

  test('no word of a message survives but the language’s and the declared', () => {
    fc.assert(
      fc.property(knownShapes, (message) => {
        expect(scrubMessage(message, statics)).not.toContain('kanari')
      }),
    )
  })

  const knownShapes = fc
    .tuple(
      fc.constantFrom(
        'Unexpected token …, … is not valid JSON',
        'Cannot read properties of undefined (reading …)',
        '… is not a function',
        'Failed to execute … on …: …',
        'Uncaught TypeError: … is not iterable',
      ),
      fc.stringMatching(/^[ -~]{0,9}kanari[ -~]{0,9}$/),
    )
    .map(([shape, canary]) => shape.replaceAll('…', canary))
})
