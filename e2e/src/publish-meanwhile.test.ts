import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type FakeGrafanaOptions, startFakeGrafana } from './fake-grafana/fake-grafana.ts'
import type { Fault } from '../../packages/cx-dashboards/fakes/faults.ts'
import { saveDashboard } from './fake-grafana/store.ts'
import { fakeSubject, isReal, token } from './grafana-subject.ts'
import { expectConvergence, kinds, retitled } from './publish-kinds.ts'
import { runPublish } from './run-publish.ts'

// What goes wrong here is made to: only a fake can do it.
const only = describe.skipIf(isReal)
const patience = { timeout: 120_000 }

only.for(kinds)('over %s', ([, kind]) => {
  const start = (options: FakeGrafanaOptions = {}) => fakeSubject({ ...kind.options, ...options })

  test('what somebody saves between our look and our write is theirs', patience, async () => {
    const started = await start()
    const { fake, folder, publish, set, uid } = started
    await publish(set('one', 'two'))
    const meanwhile = () => {
      saveDashboard(fake.store, { uid: uid('one'), folder, spec: { title: 'Theirs', tags: [] } })
    }
    fake.faults = [{ on: kind.update, times: 1, meanwhile }]
    const { code, output } = await publish(retitled(set('one', 'two'), 'Changed'))
    expect(code).toBe(1)
    expect(output).toContain(`somebody saved the dashboard ${uid('one')} at the same time`)
    expect(output).toContain(`dashboard ${uid('two')} updated`)
    expect(fake.store.dashboards.get(uid('one'))?.spec['title']).toBe('Theirs')
    fake.faults = []
    expect((await publish(retitled(set('one', 'two'), 'Changed'))).output).toContain(
      'somebody changed it in Grafana',
    )
    expect(fake.store.dashboards.get(uid('one'))?.spec['title']).toBe('Theirs')
  })

  test(
    'what somebody makes of our uid between our look and our write is theirs',
    patience,
    async () => {
      const { fake, folder, publish, set, uid } = await start()
      const meanwhile = () => {
        saveDashboard(fake.store, { uid: uid('one'), folder, spec: { title: 'Theirs' } })
      }
      fake.faults = [{ on: kind.create, times: 1, meanwhile }]
      const { code, output } = await publish(set('one', 'two'))
      expect(code).toBe(1)
      expect(output).toContain(`somebody saved the dashboard ${uid('one')} at the same time`)
      expect(fake.store.dashboards.get(uid('one'))?.spec).toEqual({ title: 'Theirs' })
      expect(fake.store.dashboards.has(uid('two'))).toBe(true)
    },
  )

  test('what somebody saves before it is pruned stays', patience, async () => {
    const { fake, folder, publish, set, uid } = await start()
    await publish(set('one', 'two'))
    const meanwhile = () => {
      const spec = fake.store.dashboards.get(uid('two'))?.spec ?? {}
      saveDashboard(fake.store, { uid: uid('two'), folder, spec: { ...spec, title: 'Theirs' } })
    }
    // It is looked at once for the plan, and once more before it goes.
    const [look] = fake.requests.filter(
      (each) => each.startsWith('GET') && each.includes(uid('two')),
    )
    fake.faults = [{ on: String(look), after: 1, times: 1, meanwhile }]
    const { code, output } = await publish(set('one'), '--prune', '--yes')
    expect(code).toBe(1)
    expect(output).toContain(`not published dashboard ${uid('two')}: somebody saved it`)
    expect(fake.store.dashboards.get(uid('two'))?.spec['title']).toBe('Theirs')
  })

  test(
    'a dashboard that is removed while we publish is there after the next run',
    patience,
    async () => {
      const started = await start()
      const { fake, publish, set, uid } = started
      await publish(set('one', 'two'))
      const wanted = retitled(set('one', 'two'), 'Changed')
      fake.faults = [
        { on: kind.update, times: 1, meanwhile: () => fake.store.dashboards.delete(uid('one')) },
      ]
      const { code, output } = await publish(wanted)
      // The older API makes it anew.
      expect(output).toContain(
        code === 0
          ? `dashboard ${uid('one')} updated`
          : `somebody removed the dashboard ${uid('one')}`,
      )
      expect(fake.store.dashboards.has(uid('one'))).toBe(code === 0)
      await expectConvergence(started, wanted)
    },
  )

  test(
    'an interruption ends it after what is in hand, and the next run goes on',
    patience,
    async () => {
      const started = await start()
      const { fake, set, uid } = started
      const wanted = set('one', 'two', 'three', 'four')
      let child: ChildProcess | undefined
      const interrupt: Fault = {
        on: kind.create,
        after: 1,
        times: 1,
        meanwhile: async () => {
          child?.kill('SIGINT')
          // A signal may arrive after the next few answers.
          if (child?.stderr) await once(child.stderr, 'data')
        },
      }
      fake.faults = [interrupt]
      const { code, output, stdout } = await runPublish({
        env: { GRAFANA_URL: fake.url, GRAFANA_TOKEN: token },
        set: wanted,
        started: (process) => (child = process),
      })
      expect(code).toBe(130)
      expect(output).toContain('Stopping after what is in hand.')
      const missing = wanted.dashboards.filter((each) => !fake.store.dashboards.has(each.uid))
      expect(missing.length).toBeGreaterThan(0)
      expect(stdout).toContain(
        `${missing.length} not done (interrupted): ${missing.map((each) => each.uid).join(', ')}`,
      )
      expect(stdout).toContain(`dashboard ${uid('one')} created`)
      await expectConvergence(started, wanted)
    },
  )

  test('a dashboard from a file is left alone even with --overwrite', patience, async () => {
    const { fake, folder, publish, set, uid } = await start()
    fake.store.folders.set(folder, { uid: folder, title: 'x' })
    const theirs = saveDashboard(fake.store, {
      uid: uid('one'),
      folder,
      spec: { title: 'From a file' },
      provisionedFrom: 'main.json',
    })
    const { code, output } = await publish(set('one', 'two'), '--overwrite')
    expect(code).toBe(1)
    expect(output).toMatch(
      /the file (provider )?main\.json keeps it, so that nothing else can save it/,
    )
    expect(fake.store.dashboards.get(uid('one'))).toEqual(theirs)
    expect(fake.store.dashboards.has(uid('two'))).toBe(true)
  })

  test('a folder of our uid and another title is used as it is', patience, async () => {
    const { fake, folder, publish, set } = await start()
    fake.store.folders.set(folder, { uid: folder, title: 'Theirs' })
    expect((await publish(set('one'))).code).toBe(0)
    expect(fake.store.folders.get(folder)).toEqual({ uid: folder, title: 'Theirs' })
  })
})

only('over the older API alone', () => {
  test('what was moved without a new version is not taken for the same', patience, async () => {
    const { fake, publish, set, uid } = await fakeSubject({ version: '10.4.19' })
    await publish(set('one'))
    const saved = fake.store.dashboards.get(uid('one'))
    if (saved) fake.store.dashboards.set(saved.uid, { ...saved, folder: '' })
    const { code, output } = await publish(set('one'))
    expect(code).toBe(1)
    expect(output).toContain('somebody moved or changed it in Grafana')
  })

  test('a folder of the same title is told of with what to do', patience, async () => {
    const { fake, publish, set } = await fakeSubject({ version: '10.4.19' })
    fake.store.folders.set('theirs', { uid: 'theirs', title: set().folder.title })
    const { code, output, stdout } = await publish(set('one'))
    expect(code).toBe(1)
    expect(output).toContain('Rename one of the two, or give the uid of theirs')
    expect(stdout).toMatch(/2 not done \(its folder is not there\): /)
    expect([...fake.store.folders.keys()]).toEqual(['theirs'])
  })

  test(
    'a dashboard of the same title in the folder is told of with what to do',
    patience,
    async () => {
      const { fake, folder, person, publish, set, uid } = await fakeSubject({ version: '10.4.19' })
      await person.createFolder(folder, 'x')
      await person.create('theirs', folder, 'Dashboard one')
      const { code, output } = await publish(set('one', 'two'))
      expect(code).toBe(1)
      expect(output).toContain(
        `the dashboard ${uid('one')} cannot be saved: its folder has another one`,
      )
      expect(fake.store.dashboards.has(uid('two'))).toBe(true)
    },
  )

  test('what version 0.2 published is known as ours', patience, async () => {
    const { fake, folder, publish, set, uid } = await fakeSubject({ version: '10.4.19' })
    fake.store.folders.set(folder, { uid: folder, title: 'x' })
    const message = 'Published by cx-dashboards'
    saveDashboard(fake.store, { uid: uid('one'), folder, spec: { title: 'Old' }, message })
    expect((await publish(set('one'))).stdout).toMatch(/\n1 updated, 1 equal\n$/)
  })
})

only('over the Kubernetes-style API alone', () => {
  test('what somebody saves at the very moment that it is pruned stays', patience, async () => {
    const { fake, folder, publish, set, uid } = await fakeSubject()
    await publish(set('one', 'two'))
    const meanwhile = () => {
      saveDashboard(fake.store, { uid: uid('two'), folder, spec: { title: 'Theirs' } })
    }
    fake.faults = [{ on: 'DELETE ', times: 1, meanwhile }]
    const { code, output } = await publish(set('one'), '--prune', '--yes')
    expect(code).toBe(1)
    expect(output).toContain(`somebody saved the dashboard ${uid('two')} at the same time`)
    expect(fake.store.dashboards.get(uid('two'))?.spec['title']).toBe('Theirs')
  })

  test('a token that may only read is enough to see that all is the same', patience, async () => {
    const { fake, publish, set } = await fakeSubject()
    await publish(set('one', 'two'))
    const readable = await startFakeGrafana({ role: 'Viewer' }, fake.store)
    onTestFinished(readable.close)
    const env = { GRAFANA_URL: readable.url, GRAFANA_TOKEN: token }
    expect((await runPublish({ env, set: set('one', 'two') })).stdout).toMatch(/\n3 equal\n$/)
  })
})
