import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scrubSegment } from './scrub-replay.ts'
import type { Statics } from './scrub-statics.ts'

const statics: Statics = {
  texts: ['Sign up'],
  names: ['card', 'x-field'],
  pages: ['/users/:user'],
  routes: ['/assets/*'],
}
const uuid = '11111111-2222-4333-8444-555555555555'
const metadata = {
  application: { id: uuid },
  session: { id: uuid },
  view: { id: uuid },
  start: 1,
  end: 2,
  creation_reason: 'init',
  records_count: 1,
  source: 'browser',
}

const scrub = (records: unknown) => {
  const dropped: string[] = []
  const work = scrubSegment({ ...metadata, records }, { statics, sheets: new Map() }, (what) =>
    dropped.push(what),
  )
  for (;;) {
    const { done, value } = work.next()
    if (done) return { clean: value, dropped }
  }
}

const change = (...data: unknown[]) => ({ type: 12, timestamp: 1, data })
/** What a record defines after it was cleaned. */
const definitions = (record: unknown): unknown =>
  (scrub([record]).clean?.records[0] as { data: unknown[][] } | undefined)?.data.find(
    ([type]) => type === 11,
  )?.[1]

const role = { node: 1, attribute: 2, value: 3, text: 4, input: 5, css: 6, url: 7, picture: 8 }

describe('strings are cleaned where they are defined', () => {
  test.for<[string, number, string, string]>([
    ['a known element', role.node, 'DIV', 'DIV'],
    ['a declared element', role.node, 'X-FIELD', 'X-FIELD'],
    ['another element', role.node, 'JANE-DOE', 'X-WITHHELD'],
    ['an element of a drawing', role.node, 'svg>path', 'svg>path'],
    ['another of a drawing', role.node, 'svg>jane', 'svg>g'],
    ['a kind of node', role.node, '#text', '#text'],
    ['no kind of node', role.node, '#jane', 'X-WITHHELD'],
    ['a known attribute', role.attribute, 'class', 'class'],
    ['another attribute', role.attribute, 'data-jane', 'data-withheld'],
    ['which box is ticked', role.attribute, 'checked', 'data-withheld'],
    ['a declared text', role.text, ' Sign\n up ', ' Sign\n up '],
    ['another text', role.text, 'jane', 'xxxxxxx'],
    ['an empty text', role.text, '', ''],
    ['a blank text', role.text, '\n\n\t ', ' '],
    ['an input', role.input, 'jane', '***'],
    ['an empty input', role.input, '', ''],
    ['a button', role.input, 'Sign up', 'Sign up'],
    ['an address', role.url, '/users/jane?q=jane', '/users/:user'],
    ['another address', role.url, '/jane', ''],
    ['a place in the page', role.url, '#card', '#card'],
    ['another place', role.url, '#jane', ''],
    ['a picture', role.picture, 'jane', ''],
    ['no role', 0, 'jane', ''],
    ['an unknown role', 99, 'jane', ''],
  ])('%s', ([, of, text, expected]) => {
    expect(definitions(change([11, [of, text]], [4, [7, 0]]))).toEqual([of, expected])
  })

  test('however the words of two texts are cut, they look alike', () => {
    const shown = (text: string) => definitions(change([11, [role.text, text]], [4, [7, 0]]))
    expect(shown('Jane A Doe')).toEqual(shown('Elizabeth Q'))
    expect(shown('4915112345')).toEqual(shown('a b c d e '))
  })

  test.for<[string, string, string]>([
    ['width', '300', '300'],
    ['width', '4915112345', ''],
    ['data-pin', '4711', ''],
    ['viewBox', '0 0 24 24', '0 0 24 24'],
    ['viewBox', '4242 4242 4242 4242', ''],
    ['class', 'jane card doe', 'card'],
    ['id', 'jane', ''],
    ['id', 'card', 'card'],
    ['title', 'Sign up', 'Sign up'],
    ['title', 'jane', ''],
    ['type', 'email', 'email'],
    ['autocomplete', 'new-password', 'new-password'],
    ['role', 'jane', ''],
    ['fill', '#c0ffee', '#c0ffee'],
    ['fill', 'url(#jane)', ''],
    ['d', 'M4915112345', ''],
  ])('an attribute %s of %s', ([name, value, expected]) => {
    const node = [null, 0, [1, 2]]
    const record = change(
      [11, [role.node, 'DIV'], [role.attribute, name], [role.value, value]],
      [1, node],
    )
    const cleaned = (scrub([record]).clean!.records[0] as { data: unknown[][] }).data[0]!
    expect(cleaned[3]).toEqual([role.value, expected])
  })

  test('a number that stands in a known place and in another stands nowhere', () => {
    const record = change(
      [11, [role.node, 'DIV'], [role.attribute, 'width', 'data-pin'], [role.value, '4711']],
      [1, [null, 0, [1, 3], [2, 3]]],
    )
    expect((scrub([record]).clean!.records[0] as { data: unknown[][] }).data[0]![3]).toEqual([
      3,
      '',
    ])
  })

  test('where the name was defined before, only what is declared stays', () => {
    const value = (text: string) =>
      definitions(change([11, [role.value, text]], [3, [7, [40, 90]]]))
    expect(value('card')).toEqual([role.value, 'card'])
    expect(value('jane card')).toEqual([role.value, 'card'])
    expect(value('300')).toEqual([role.value, ''])
  })

  test('the table is cleared between runs', () => {
    const record = change(
      [11, [role.attribute, 'width'], [role.value, '300']],
      [3, [7, [40, 41]]],
      [14],
      [11, [role.attribute, 'data-pin'], [role.value, '300']],
      [3, [7, [0, 1]]],
    )
    const { data } = scrub([record]).clean!.records[0] as { data: unknown[][] }
    expect(data).toEqual([
      [11, [role.attribute, 'width'], [role.value, '300']],
      [3, [7, [40, 41]]],
      [14],
      [11, [role.attribute, 'data-withheld'], [role.value, '']],
      [3, [7, [0, 1]]],
    ])
  })
})

describe('records', () => {
  test.for<[string, object]>([
    [
      'a move',
      {
        type: 3,
        timestamp: 1,
        data: { source: 1, positions: [{ x: 1, y: 2, id: 3, timeOffset: 0 }] },
      },
    ],
    ['a click', { type: 3, timestamp: 1, id: 4, data: { source: 2, type: 2, id: 3, x: 1, y: 2 } }],
    ['a scroll', { type: 3, timestamp: 1, data: { source: 3, id: 3, x: 1, y: 2 } }],
    ['a size', { type: 3, timestamp: 1, data: { source: 4, width: 3, height: 1 } }],
    ['a player', { type: 3, timestamp: 1, data: { source: 7, id: 3, type: 0 } }],
    ['a focus', { type: 6, timestamp: 1, data: { has_focus: true } }],
    ['an end', { type: 7, timestamp: 1 }],
    ['a viewport', { type: 8, timestamp: 1, data: { scale: 1, offsetLeft: 0 } }],
    [
      'a frustration',
      { type: 9, timestamp: 1, data: { frustrationTypes: ['rage_click'], recordIds: [4] } },
    ],
    ['a removal', { type: 12, timestamp: 1, data: [[2, 5, 6]] }],
  ])('%s stays as it is', ([, record]) => {
    expect(scrub([record]).clean?.records).toEqual([record])
  })

  test('the address of a page becomes its route', () => {
    const meta = {
      type: 4,
      timestamp: 1,
      data: { width: 3, height: 1, href: 'https://x.example/users/jane' },
    }
    expect(scrub([meta]).clean?.records).toEqual([
      { ...meta, data: { ...meta.data, href: 'https://page.invalid/users/:user' } },
    ])
  })

  test('rules that a script adds keep their place', () => {
    const record = {
      type: 3,
      timestamp: 1,
      data: {
        source: 8,
        id: 3,
        adds: [{ rule: '.jane{top:0}', index: [0, 1] }, { rule: '.card{top:0}' }],
      },
    }
    expect(scrub([record]).clean?.records).toEqual([
      {
        ...record,
        data: {
          source: 8,
          id: 3,
          adds: [{ rule: 'x-withheld{}', index: [0, 1] }, { rule: '.card{top:0}' }],
        },
      },
    ])
  })

  test.for<[string, unknown]>([
    [
      'an older notation of a page',
      { type: 2, timestamp: 1, data: { node: { type: 3, textContent: 'jane' } } },
    ],
    [
      'an older notation of an input',
      { type: 3, timestamp: 1, data: { source: 5, id: 3, text: 'jane' } },
    ],
    [
      'an older notation of a change',
      { type: 3, timestamp: 1, data: { source: 0, texts: [{ value: 'jane' }] } },
    ],
    ['strings outside the table', change([4, [7, 'jane']])],
    ['strings with their role outside the table', change([4, [7, { role: 4, string: 'jane' }]])],
    ['strings without a role', change([0, 'jane'], [4, [7, 0]])],
    ['what was chosen', change([13, 0, 7])],
    ['a picture of a canvas', change([15, [7, 0]])],
    ['an unknown change', change([99, 'jane'])],
    ['an unknown record', { type: 99, data: 'jane' }],
    ['no record', 'jane'],
  ])('%s is left out', ([, record]) => {
    const end = { type: 7, timestamp: 1 }
    const { clean } = scrub([record, end])
    expect(JSON.stringify(clean)).not.toContain('jane')
    expect(clean?.metadata.records_count).toBe(clean?.records.length)
  })

  test('a segment without any record or metadata is dropped', () => {
    expect(scrub([]).clean).toBeUndefined()
    expect(scrub('jane').dropped).toEqual(['segment'])
  })
})

test('no word survives, wherever it is put', () => {
  const canary = fc.stringMatching(/^[ -~]{0,6}kanari[ -~]{0,6}$/)
  const numbers = fc.integer({ min: 0, max: 16 })
  const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      numbers,
      canary,
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.oneof(canary, fc.constantFrom('role', 'string', 'rule', 'adds', 'href', 'positions')),
        tie('value'),
        {
          maxKeys: 3,
        },
      ),
    ),
  })).value
  const strings = fc.tuple(
    fc.constant(11),
    fc.tuple(numbers, canary, canary),
    fc.tuple(numbers, canary),
  )
  const record = fc.record(
    {
      type: fc.constantFrom(2, 3, 4, 6, 7, 8, 9, 12),
      format: fc.constantFrom(0, 1),
      timestamp: fc.oneof(numbers, canary),
      id: fc.oneof(numbers, canary),
      slotId: canary,
      data: fc.oneof(
        value,
        fc.array(fc.oneof(strings, fc.array(value, { maxLength: 4 }), fc.tuple(numbers, value)), {
          maxLength: 5,
        }),
        fc.record({ source: numbers, adds: value, removes: value, positions: value, text: canary }),
      ),
    },
    { requiredKeys: ['type'] },
  )
  fc.assert(
    fc.property(fc.array(record, { maxLength: 4 }), (records) => {
      expect(JSON.stringify(scrub(records).clean) ?? '').not.toContain('kanari')
    }),
    { numRuns: 1000 },
  )
})
