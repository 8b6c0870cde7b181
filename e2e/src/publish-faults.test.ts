import { describe, expect, test } from 'vitest'
import type { FakeGrafanaOptions } from './fake-grafana/fake-grafana.ts'
import type { Mishap } from '../../packages/cx-dashboards/fakes/faults.ts'
import { fakeSubject, isReal, token } from './grafana-subject.ts'
import { expectConvergence, kinds, retitled } from './publish-kinds.ts'
import { runPublish } from './run-publish.ts'

// What goes wrong here is made to: only a fake can do it.
const only = describe.skipIf(isReal)
const patience = { timeout: 120_000 }

only.for(kinds)('over %s', ([, kind]) => {
  const start = (options: FakeGrafanaOptions = {}) => fakeSubject({ ...kind.options, ...options })

  const mishaps: readonly (readonly [string, Mishap])[] = [
    ['is cut off', 'cut'],
    ['is an error of a proxy', { status: 502, body: '<html>' }],
    ['is that there is too much', { status: 429, headers: { 'retry-after': '1' } }],
  ]
  const moments = [
    ['before it took effect', false],
    ['after it took effect', true],
  ] as const
  const losses = mishaps.flatMap(([how, mishap]) =>
    moments
      // A server that has too much to do did nothing.
      .filter(
        ([, tookEffect]) =>
          !tookEffect || mishap === 'cut' || mishap === 'hang' || mishap.status !== 429,
      )
      .map(([when, tookEffect]) => [how, when, { mishap, tookEffect, times: 1 }] as const),
  )

  test.for(losses)(
    'an answer that %s, %s, is asked for again and nothing is done twice',
    patience,
    async ([, , fault]) => {
      const started = await start()
      const { fake, publish, set, uid } = started
      fake.faults = [
        { ...fault, on: kind.create },
        { ...fault, on: kind.createFolder },
      ]
      const first = await publish(set('one', 'two'))
      expect(first.stdout).toMatch(/\n3 created\n$/)
      fake.faults = [{ ...fault, on: kind.update }]
      const wanted = retitled(set('one', 'two'), 'Changed')
      expect((await publish(wanted)).stdout).toMatch(/\n2 updated, 1 equal\n$/)
      const messages = fake.store.dashboards.get(uid('one'))?.history.map(({ message }) => message)
      expect(messages).toHaveLength(2)
      await expectConvergence(started, wanted)
    },
  )

  test(
    'a server that is gone midway is told of, and what is missing is named',
    patience,
    async () => {
      const started = await start()
      const { fake, publish, set, uid } = started
      const wanted = set('one', 'two', 'three', 'four')
      // The first is made, then nothing answers any more.
      fake.faults = [{ on: kind.create, after: 1, mishap: 'cut' }]
      const { code, output, stdout } = await publish(wanted)
      expect(code).toBe(1)
      expect(output).toContain(`not published dashboard ${uid('two')}: `)
      expect(output).toContain('Grafana does not answer')
      expect(stdout).toMatch(
        new RegExp(
          `\\n2 created; 3 not done \\(Grafana does not answer\\): ${uid('two')}, ${uid('three')}, ${uid('four')}\\n$`,
        ),
      )
      await expectConvergence(started, wanted)
    },
  )

  test('a token that may only read changes nothing', patience, async () => {
    const { fake, publish, set } = await start({ role: 'Viewer' })
    const { code, output } = await publish(set('one'))
    expect(code).toBe(1)
    expect(output).toContain('The service account needs the role Editor')
    expect(output).not.toContain(token)
    expect([fake.store.folders.size, fake.store.dashboards.size]).toEqual([0, 0])
  })

  test('a token that is not known is told as such and never printed', patience, async () => {
    const { fake, set } = await start({ authorization: 'Bearer another' })
    const env = { GRAFANA_URL: fake.url, GRAFANA_TOKEN: token }
    const { code, output } = await runPublish({ env, set: set('one') })
    expect(code).toBe(1)
    expect(output).toContain('Grafana does not know the credentials. Set GRAFANA_TOKEN')
    expect(output).not.toContain(token)
    expect(fake.store.folders.size).toBe(0)
  })

  test.for([
    [
      'redirects to a login',
      { status: 302, headers: { location: '/login' } },
      'perhaps to a login',
    ],
    ['answers with a page', { status: 200, body: '<html>' }, 'something other than JSON'],
  ] as const satisfies readonly (readonly [string, Mishap, string])[])(
    'a server that %s midway is told of, and the rest is not tried',
    patience,
    async ([, mishap, reason]) => {
      const started = await start()
      const { fake, publish, set, uid } = started
      fake.faults = [{ on: kind.create, after: 1, mishap }]
      const wanted = set('one', 'two', 'three')
      const { code, output, stdout } = await publish(wanted)
      expect(code).toBe(1)
      expect(output).toContain(reason)
      expect(stdout).toMatch(
        new RegExp(`\\n2 created; 2 not done \\(.*\\): ${uid('two')}, ${uid('three')}\\n$`),
      )
      await expectConvergence(started, wanted)
    },
  )

  test('one that is refused does not keep the others from being published', patience, async () => {
    const started = await start()
    const { fake, publish, set, uid } = started
    const body = {
      message: 'invalid',
      details: { causes: [{ field: 'spec.x', message: 'wrong' }] },
    }
    fake.faults = [{ on: kind.create, times: 1, mishap: { status: 422, body } }]
    const { code, output, stdout } = await publish(set('one', 'two'))
    expect(code).toBe(1)
    expect(output).toContain(
      `the dashboard ${uid('one')} cannot be saved: Grafana answered 422 invalid; spec.x wrong`,
    )
    expect(stdout).toMatch(new RegExp(`\\n2 created; 1 not done: ${uid('one')}\\n$`))
    await expectConvergence(started, set('one', 'two'))
  })
})

only('before anything else', () => {
  test.for([
    ['answers with a page', { status: 200, body: '<html>' }, 'something other than JSON'],
    ['redirects', { status: 302, headers: { location: '/login' } }, 'perhaps to a login page'],
    ['is none', { status: 404, body: '<html>' }, 'Is GRAFANA_URL that of a Grafana?'],
    ['is not well', { status: 503, body: { database: 'failing' } }, 'Grafana answered 503'],
  ] as const satisfies readonly (readonly [string, Mishap, string])[])(
    'a server that %s is known before anything is written',
    patience,
    async ([, mishap, reason]) => {
      const { fake, publish, set } = await fakeSubject()
      fake.faults = [{ on: 'GET /api/health', mishap }]
      const { code, output } = await publish(set('one'))
      expect(code).toBe(1)
      expect(output).toContain(reason)
      expect(fake.requests.every((each) => each === 'GET /api/health')).toBe(true)
    },
  )

  test('a Grafana that is down is told as such', patience, async () => {
    const { fake, publish, set } = await fakeSubject()
    await fake.close()
    const { code, output } = await publish(set('one'))
    expect(code).toBe(1)
    expect(output).toContain(
      'Grafana does not answer (ECONNREFUSED). Is it up, and is GRAFANA_URL right?',
    )
  })
})
