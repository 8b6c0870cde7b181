import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scrubRumEvent } from './scrub-rum-event.ts'
import { scrubSentryEvent } from './scrub-sentry-event.ts'
import { staticsOf } from './scrub-statics.ts'
import { at, statics } from './testing/declared.ts'

const uuid = '11111111-2222-4333-8444-555555555555'

describe('events', () => {
  /** Anything, with a canary in it as value or key, at any depth. What has a catalog name's form may be one. */
  const canary = fc.stringMatching(/^[ -~]{0,9}kan@ri[ -~]{0,9}$/)
  const poisoned = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      canary,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.oneof(canary, fc.constantFrom('id', 'name', 'url', 'target', '__proto__')),
        tie('value'),
        {
          maxKeys: 4,
        },
      ),
    ),
  })).value
  const fields = [
    'date',
    'application',
    'session',
    'view',
    'usr',
    'account',
    'context',
    'device',
    'display',
    'connectivity',
    'action',
    'error',
    'resource',
    'long_task',
    'vital',
    'feature_flags',
    '_dd',
    'service',
    'version',
    'ddtags',
    'source',
    'ci_test',
    'synthetics',
    'container',
    'privacy',
    'exception',
    'tags',
    'contexts',
    'breadcrumbs',
    'request',
    'user',
    'extra',
    'sdk',
    'fingerprint',
    'stack',
    'message',
    'name',
    'scripts',
    'performance',
    'values',
  ]
  const inner = [
    'id',
    'name',
    'url',
    'referrer',
    'type',
    'message',
    'stack',
    'causes',
    'handling_stack',
    'target',
    'selector',
    'scripts',
    'invoker',
    'source_url',
    'source_function_name',
    'performance',
    'lcp',
    'custom_timings',
    'team',
    'feature',
    'boundary',
    'component_stack',
    'resource_url',
    'target_selector',
    'values',
    'value',
    'stacktrace',
    'frames',
    'filename',
    'function',
    'headers',
    'graphql',
    'datadog',
    'replay',
    'description',
    'csp',
    'fingerprint',
  ]
  const level = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
    fc.dictionary(fc.oneof(fc.constantFrom(...keys), canary), value, { maxKeys: 12 })
  const event = level(
    fields,
    fc.oneof(poisoned, level(inner, fc.oneof(poisoned, level(inner, poisoned)))),
  )
  const type = fc.constantFrom(
    'view',
    'action',
    'error',
    'resource',
    'long_task',
    'vital',
    'view_update',
    'telemetry',
  )

  test('whatever is planted anywhere in one of Datadog’s is not in what is sent', () => {
    fc.assert(
      fc.property(event, type, (given, of) => {
        const clean = scrubRumEvent({ ...given, type: of }, statics)
        expect(JSON.stringify(clean) ?? '').not.toContain('kan@ri')
      }),
      { numRuns: 1000 },
    )
  })

  test('nor in one of Sentry’s', () => {
    fc.assert(
      fc.property(event, (given) => {
        expect(JSON.stringify(scrubSentryEvent(given, statics)) ?? '').not.toContain('kan@ri')
      }),
      { numRuns: 500 },
    )
  })

  test('what is declared and what is measured survives', () => {
    const error = {
      type: 'error',
      date: 1000,
      application: { id: uuid },
      session: { id: uuid, has_replay: true },
      view: { id: uuid, url: `${at}/users/jane`, name: '/users/:user' },
      usr: { id: 'jane' },
      error: {
        id: uuid,
        source: 'custom',
        message: 'The signup is closed',
        type: 'SignupError',
        stack: `Error: jane\n  at submitForm @ ${at}/assets/a.js:1:2`,
        causes: [{ message: 'jane' }],
      },
      context: { team: 'growth', feature: 'self-signup', boundary: 'SignupForm', secret: 'jane' },
    }
    expect(scrubRumEvent(error, statics)).toEqual({
      type: 'error',
      date: 1000,
      application: { id: uuid },
      session: { id: uuid, has_replay: true },
      view: { id: uuid, url: `${at}/users/:user`, name: '/users/:user' },
      error: {
        id: uuid,
        source: 'custom',
        message: 'The signup is closed',
        type: 'SignupError',
        stack: 'SignupError: The signup is closed\n  at submitForm @ https://page.invalid/a.js:1:2',
      },
      context: { team: 'growth', feature: 'self-signup', boundary: 'SignupForm' },
    })
  })

  test.for([
    ['an error that nobody tells the owner of', { type: 'error', error: { source: 'custom' } }],
    [
      'an error of the SDK’s own',
      { type: 'error', error: { source: 'console' }, context: { team: 'growth' } },
    ],
    [
      'a request that is not declared',
      { type: 'resource', resource: { url: 'https://o1.ingest.sentry.io/api/1/envelope/' } },
    ],
    ['a vital that is not declared', { type: 'vital', vital: { name: 'jane' } }],
    ['an unknown type', { type: 'toString' }],
    ['nothing', null],
  ])('%s is dropped', ([, given]) => {
    expect(scrubRumEvent(given, statics)).toBeUndefined()
  })

  test('a vital, a flag and a timing that are declared stay', () => {
    expect(
      scrubRumEvent(
        { type: 'vital', vital: { name: 'checkout', duration: 5, description: 'jane' } },
        statics,
      ),
    ).toMatchObject({
      vital: { name: 'checkout', duration: 5 },
    })
    expect(
      scrubRumEvent(
        {
          type: 'view',
          view: { custom_timings: { checkout: 1, jane: 2 } },
          feature_flags: { checkout: true, email: 'jane', jane: true },
        },
        statics,
      ),
    ).toEqual({
      type: 'view',
      view: { custom_timings: { checkout: 1 } },
      feature_flags: { checkout: true },
    })
  })

  test('under the internal preset a declared text is no action’s name', () => {
    const action = { type: 'action', action: { target: { name: 'Sign up' } } }
    expect(scrubRumEvent(action, statics)).toMatchObject(action)
    expect(scrubRumEvent(action, staticsOf(statics, 'internal'))).toMatchObject({
      action: { target: { name: 'Masked Element' } },
    })
  })
})
