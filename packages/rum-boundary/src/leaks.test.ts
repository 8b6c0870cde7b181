import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canaryOf, channels } from './testing/canaries.ts'
import { chromiumPath, launchChromium } from './testing/chromium.ts'
import { type Lab, labStatics, runLab } from './testing/leak-lab.ts'
import { eventsIn, leakedIn, recordsIn, stringsIn } from './testing/leak-report.ts'

const textRole = 4

describe.skipIf(!chromiumPath)('in a browser (skipped without Chromium)', () => {
  let browser: Browser
  let signup: Lab
  let internal: Lab

  beforeAll(async () => {
    browser = await launchChromium()
    ;[signup, internal] = await Promise.all([
      runLab(browser, { preset: 'signup' }),
      runLab(browser, { preset: 'internal' }),
    ])
  }, 180_000)
  afterAll(() => browser.close())

  const labOf = (preset: string): Lab => (preset === 'signup' ? signup : internal)

  describe.for(['signup', 'internal'])('with the preset %s', (preset) => {
    test('nothing that a person types or is shown, or an error says, leaves the page', () => {
      expect(leakedIn(labOf(preset).toIntake, 'person')).toEqual([])
    })

    test('nothing of a page’s address leaves it but its path, which its own server knows', () => {
      expect(leakedIn(labOf(preset).toIntake)).not.toContain('address of the page')
      expect(leakedIn(labOf(preset).toIntake)).not.toContain('referrer of the page')
    })

    test('nothing at all of what was planted reaches Datadog, in events, replays, headers or addresses', () => {
      const { toDatadog, toIntake } = labOf(preset)
      expect(leakedIn(toDatadog)).toEqual([])
      // That there was something to keep back:
      expect(leakedIn(toIntake, 'developer').length).toBeGreaterThan(50)
    })

    test('nor Sentry', () => {
      const { toSentry } = labOf(preset)
      expect(leakedIn(toSentry)).toEqual([])
      expect(toSentry.length).toBeGreaterThan(15)
    })

    test('the page goes on undisturbed', () => {
      expect(labOf(preset).complaints).toEqual([])
    })

    test('events of each type and the replay of each view arrive, past the flush of a segment', () => {
      const { toDatadog } = labOf(preset)
      for (const type of ['view', 'action', 'resource', 'error', 'long_task'])
        expect(eventsIn(toDatadog, type), type).not.toEqual([])
      const snapshots = recordsIn(toDatadog).filter(({ type }) => type === 2)
      expect(snapshots.length).toBeGreaterThanOrEqual(3)
      const views = eventsIn(toDatadog, 'view').map(({ view }) => (view as { name?: string }).name)
      expect(new Set(views)).toEqual(
        new Set(['/signup/account', '/signup/company', '/users/:user']),
      )
    })

    test('the SDK tells nothing about itself', () => {
      const types = eventsIn(labOf(preset).toIntake).map(({ type }) => type)
      expect([...new Set(types)].toSorted()).toEqual([
        'action',
        'error',
        'long_task',
        'resource',
        'view',
      ])
      const tracks = labOf(preset).toIntake.map(({ text }) => /\/api\/v2\/\w+/.exec(text)?.[0])
      expect(new Set(tracks)).toEqual(new Set(['/api/v2/rum', '/api/v2/replay']))
    })

    test('each error has its team, and none is the SDK’s own', () => {
      const errors = eventsIn(labOf(preset).toDatadog, 'error')
      expect(errors.length).toBeGreaterThan(15)
      for (const { context, error } of errors) {
        expect(context).toMatchObject({
          team: expect.stringMatching(/^(team-\d+|unowned)$/),
          app: 'signup-web',
          tracker: 'primary',
        })
        expect(error).toMatchObject({ source: 'custom' })
        expect(error).not.toHaveProperty('causes')
      }
    })

    test('requests to the API carry a trace and no baggage; those to nowhere declared carry neither', () => {
      const { toApi } = labOf(preset)
      expect(toApi.length).toBeGreaterThanOrEqual(3)
      expect(toApi.filter(({ headers }) => headers.baggage)).toEqual([])
      expect(toApi.filter(({ headers }) => headers.traceparent).length).toBeGreaterThanOrEqual(2)
    })

    test('Datadog learns the kind of browser, and nothing else of the request', () => {
      for (const { headers, path } of labOf(preset).toDatadog) {
        expect(path).toMatch(/^\/api\/v2\/(rum|replay)$/)
        expect(Object.keys(headers).toSorted()).toEqual([
          'accept',
          'accept-encoding',
          'accept-language',
          'connection',
          'content-length',
          'content-type',
          'host',
          'sec-fetch-mode',
          'user-agent',
        ])
        expect(headers['accept-language']).toBe('*')
        expect(headers['user-agent']).toMatch(/ Chrome\/\d+\.0\.0\.0 Safari\/537\.36$/)
      }
    })

    test.for(
      channels.flatMap(({ channel, named }, index) =>
        named ? [[channel, named, index] as const] : [],
      ),
    )('the check names it: %s', ([, named, index]) => {
      const canary = canaryOf(index)
      const hits = labOf(preset).named.filter(
        ({ value, what }) =>
          what.startsWith(named) &&
          (named === 'data-dd-privacy' || what.includes(canary) || value.includes(canary)),
      )
      expect(hits).not.toEqual([])
    })
  })

  test('labels and headings that are declared stay legible in the signup’s replay', () => {
    const texts = stringsIn(signup.toDatadog, textRole)
    for (const text of ['Sign up', 'Company name', 'Continue', 'Next'])
      expect(texts, text).toContain(text)
    const names = eventsIn(signup.toDatadog, 'action').map(
      ({ action }) => (action as { target?: { name?: string } }).target?.name,
    )
    expect(names).toContain('Continue')
  })

  test('of every other text a replay shows no more than roughly its length', () => {
    const { texts } = labStatics
    const others = (lab: Lab) =>
      stringsIn(lab.toDatadog, textRole).filter(
        (text) => text.trim() && !texts.includes(text.trim()),
      )
    expect(others(signup).length).toBeGreaterThan(5)
    for (const text of [...others(signup), ...others(internal)])
      expect(text).toMatch(/^x{7}( x{7})*$/)
  })

  test('the product’s replay shows no text, not even a label', () => {
    const texts = stringsIn(internal.toDatadog, textRole)
    expect(texts.length).toBeGreaterThan(5)
    expect(texts.filter((text) => labStatics.texts.includes(text.trim()))).toEqual([])
  })

  test('what the check cannot see is listed for developers', () => {
    const guide = readFileSync(new URL('../docs/privacy.md', import.meta.url), 'utf8')
    const unseen = channels.filter(({ by, named }) => by === 'developer' && !named)
    expect(unseen.length).toBeGreaterThan(5)
    for (const { channel } of unseen) expect(guide).toContain(`- ${channel}`)
  })
})
