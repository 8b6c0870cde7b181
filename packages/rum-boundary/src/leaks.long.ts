import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channels } from './testing/canaries.ts'
import { chromiumPath, launchChromium } from './testing/chromium.ts'
import type { Mutations } from './testing/leak-bundle.ts'
import { type Lab, runLab } from './testing/leak-lab.ts'
import { eventsIn, leakedIn, recordsIn } from './testing/leak-report.ts'

const replace = (from: string | RegExp, to: string) => (source: string) => source.replace(from, to)

type Hop = 'toIntake' | 'toDatadog' | 'toSentry'

/** Sources without one of their scrubbers, and what is told then. */
const removals: readonly (readonly [
  what: string,
  mutations: Mutations,
  told: Partial<Record<Hop, readonly string[]>>,
])[] = [
  [
    'beforeSend',
    { 'rum-before-send.ts': replace('try {', 'return true\n    try {') },
    { toIntake: ['console.error', 'query of the page', 'fetch that fails'] },
  ],
  [
    'the preset’s masking',
    { 'rum-options.ts': replace(/preset === 'internal'[^,]*,/s, "'allow',") },
    { toIntake: ['typed into an input', 'page text', 'typed and echoed in a title'] },
  ],
  [
    'messages',
    {
      'scrub-message.ts': replace(
        "if (typeof message !== 'string') return withheldMessage",
        'return String(message)',
      ),
    },
    {
      toIntake: ['message of an error', "V8's message of JSON.parse"],
      toDatadog: ['message of an error', "V8's message of JSON.parse"],
      toSentry: ['message of an error', "V8's message of JSON.parse"],
    },
  ],
  [
    'names of errors',
    { 'scrub-message.ts': replace('(errorNames.has(name) ||', '(name !== undefined ||') },
    {
      toIntake: ['name of an error'],
      toDatadog: ['name of an error'],
      toSentry: ['name of an error'],
    },
  ],
  [
    'names of functions',
    { 'scrub-stack.ts': replace('setsOf(statics).names.has(name) ? name : anonymous', 'name') },
    {
      toIntake: ['function named by a computed key'],
      toDatadog: ['function named by a computed key'],
    },
  ],
  [
    'addresses',
    {
      'scrub-url.ts': replace(
        'const template = parsed && templateOf(parsed, statics)\n  if (!parsed',
        'if (parsed) return parsed.href\n  const template = parsed && templateOf(parsed, statics)\n  if (!parsed',
      ),
    },
    {
      toIntake: ['query of the page', 'fetch'],
      toDatadog: ['query of the page', 'fetch', 'path of the page'],
    },
  ],
  [
    'the address in a replay',
    { 'scrub-replay.ts': replace('href: url', 'href: (value) => value') },
    { toDatadog: ['path of the page'] },
  ],
  [
    'fields of events',
    {
      'scrub-rum-event.ts': replace(
        'const type = (event as',
        'return event as object\n  const type = (event as',
      ),
    },
    { toDatadog: ['user', 'timing', 'flag', 'selector of an action by id', 'global context'] },
  ],
  [
    'sheets',
    {
      'scrub-css.ts': replace(
        'const withheld: string[] = []\n  const rules',
        'return { css, withheld: [] }\n  const withheld: string[] = []\n  const rules',
      ),
    },
    {
      toDatadog: [
        'class in CSS',
        'content in CSS',
        'variable in CSS',
        'address in CSS',
        'media of CSS',
        'adopted sheet',
        'rule added by a script',
      ],
    },
  ],
  [
    'styles',
    {
      'scrub-css.ts': replace(
        'const list = style.length',
        'if (style) return { css: style, withheld: [] }\n  const list = style.length',
      ),
    },
    { toDatadog: ['inline style', 'CSS variable in a style', 'CSS variable set later'] },
  ],
  [
    'values of attributes',
    {
      'static-dom.ts': replace(
        "if (kind === 'names')",
        "if (kind) return value\n  if (kind === 'names')",
      ),
    },
    {
      toDatadog: ['attribute id', 'attribute class', 'address of form action', 'class added later'],
    },
  ],
  [
    'names of attributes',
    {
      'scrub-replay-strings.ts': replace(
        'kindOf(text) === undefined ? withheldAttribute : text',
        'text',
      ),
    },
    { toDatadog: ['attribute name'] },
  ],
  [
    'names of elements',
    { 'scrub-replay-strings.ts': replace('return nodeName(text, statics)', 'return text') },
    { toDatadog: ['custom element'] },
  ],
  [
    'texts',
    {
      'scrub-replay-strings.ts': replace(
        'const line = oneLine(text)',
        'if (text) return text\n  const line = oneLine(text)',
      ),
    },
    { toDatadog: ['data-dd-privacy allow'] },
  ],
  [
    'inputs',
    { 'scrub-replay-strings.ts': replace("return text === '' ||", 'return text || text ===') },
    { toDatadog: ['value of a submit', 'value of a button'] },
  ],
]

describe.skipIf(!chromiumPath)('in a browser (skipped without Chromium)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  test('without any of ours every channel is told, but for what the SDKs never tell', async () => {
    const lab = await runLab(browser, {
      preset: 'signup',
      mutations: {
        'rum-before-send.ts': replace('try {', 'return true\n    try {'),
        'rum-options.ts': (source) =>
          source
            .replace(/preset === 'internal'[^,]*,/s, "'allow',")
            .replace('propagateTraceBaggage: false', 'propagateTraceBaggage: true'),
        'rum.ts': replace('datadogRum.addError(copy, clean)', 'datadogRum.addError(error, clean)'),
      },
    })
    const told = new Set(leakedIn(lab.toIntake))
    expect(channels.map(({ channel }) => channel).filter((channel) => !told.has(channel))).toEqual([
      // Masked whatever the options say; or in no message of V8.
      'typed into an email',
      'typed into a password',
      'default of a hidden input',
      'class of an error',
      "V8's message of new URL",
    ])
    expect(told).toContain('address of the page')
    expect(told).toContain('referrer of the page')
    expect(lab.toApi.filter(({ headers }) => headers.baggage).length).toBeGreaterThan(0)
    // And the intake alone keeps all of it back, but for what has the form of a team's name: that it is
    // none, only beforeSend knows.
    expect(leakedIn(lab.toDatadog)).toEqual(['error given to the SDK itself'])
  })

  test.for(removals)('it is seen when this is not scrubbed: %s', async ([, mutations, told]) => {
    const lab = await runLab(browser, { preset: 'signup', mutations })
    for (const [hop, channelsTold] of Object.entries(told))
      expect(leakedIn(lab[hop as Hop]), hop).toEqual(expect.arrayContaining([...channelsTold]))
  })

  const errors = ({ toDatadog }: Lab) => eventsIn(toDatadog, 'error')
  const snapshots = ({ toDatadog }: Lab) => recordsIn(toDatadog).filter(({ type }) => type === 2)

  test.for([
    [
      'of messages',
      'scrub-message.ts',
      replace(
        "if (typeof message !== 'string') return withheldMessage",
        'throw new Error(String(message))',
      ),
      errors,
    ],
    [
      'of events',
      'rum-event-shape.ts',
      replace(
        "if (typeof value !== 'object'",
        "throw new Error(JSON.stringify(value))\n  if (typeof value !== 'object'",
      ),
      ({ toDatadog }: Lab) => eventsIn(toDatadog),
    ],
    [
      'of texts in a replay',
      'scrub-replay-strings.ts',
      replace('const line = oneLine(text)', 'throw new Error(text)\n  const line = oneLine(text)'),
      snapshots,
    ],
    [
      'of addresses',
      'scrub-url.ts',
      replace(
        'const template = parsed && templateOf(parsed, statics)\n  if (!parsed',
        'throw new Error(String(url))\n  if (!parsed',
      ),
      ({ toDatadog }: Lab) => eventsIn(toDatadog),
    ],
  ] as const)(
    'a scrubber that throws costs what it was to scrub, and tells nothing: %s',
    async ([, file, mutation, lost]) => {
      const lab = await runLab(browser, { preset: 'signup', mutations: { [file]: mutation } })
      expect(leakedIn(lab.toIntake, 'person')).toEqual([])
      expect(leakedIn(lab.toDatadog)).toEqual([])
      expect(leakedIn(lab.toSentry)).toEqual([])
      expect(lab.complaints).toEqual([])
      expect(lost(lab)).toEqual([])
    },
  )
})
