import { describe, expect, test } from 'vitest'
import { fakeSubject, isReal, kinds, subject, token } from './grafana-subject.ts'
import type { PublishedSet } from './published.config.ts'

// Each runs the command several times, in a process of its own.
const patience = { timeout: 120_000 }

const retitled = (set: PublishedSet, title: string): PublishedSet => ({
  ...set,
  dashboards: set.dashboards.map((each, index) => (index === 0 ? { ...each, title } : each)),
})

describe.for(kinds)('in %s', ([, options]) => {
  test(
    'dashboards come into their folder; a second time nothing is done; a third time what changed',
    patience,
    async () => {
      const { folder, person, publish, set, uid, url } = await subject(options)
      const first = await publish(set('one', 'two'))
      expect(first.output).toContain(`dashboard ${uid('one')} created: ${url}/d/${uid('one')}`)
      expect(first.stdout).toMatch(/\n3 created\n$/)
      expect(first.code).toBe(0)
      expect(await person.look(uid('one'))).toMatchObject({
        folder,
        spec: { title: 'Dashboard one' },
      })

      const second = await publish(set('one', 'two'))
      expect(second.stdout).toMatch(/^Grafana [\d.]+\S* at \S+\n3 equal\n$/)
      expect(second.code).toBe(0)

      const third = await publish(retitled(set('one', 'two'), 'Another'))
      expect(third.stdout).toMatch(/\n1 updated, 2 equal\n$/)
      expect(await person.look(uid('one'))).toMatchObject({ folder, spec: { title: 'Another' } })
      expect((await publish(retitled(set('one', 'two'), 'Another'))).stdout).toMatch(/\n3 equal\n$/)
    },
  )

  test(
    'what a person changed is shown and left alone, until it is to be overwritten',
    patience,
    async () => {
      const { person, publish, set, uid } = await subject(options)
      await publish(set('one', 'two'))
      await person.save(uid('one'), (spec) => ({ ...spec, title: 'By hand' }))
      const kept = await publish(retitled(set('one', 'two'), 'Another'))
      expect(kept.code).toBe(1)
      expect(kept.output).toContain(
        `not published dashboard ${uid('one')}: somebody changed it in Grafana since it was last published.`,
      )
      expect(kept.output).toContain('  they changed title: Dashboard one → By hand')
      expect(kept.stdout).toMatch(new RegExp(`\\n2 equal; 1 not done: ${uid('one')}\\n$`))
      expect(await person.look(uid('one'))).toMatchObject({ spec: { title: 'By hand' } })

      const taken = await publish(retitled(set('one', 'two'), 'Another'), '--overwrite')
      expect(taken.stdout).toMatch(/\n1 updated, 2 equal\n$/)
      expect(await person.look(uid('one'))).toMatchObject({ spec: { title: 'Another' } })
      expect((await publish(retitled(set('one', 'two'), 'Another'))).code).toBe(0)
    },
  )

  test('what a person moved is left there', patience, async () => {
    const { folder, person, publish, set, uid } = await subject(options)
    await publish(set('one'))
    await person.move(uid('one'), '')
    const kept = await publish(set('one'))
    expect(kept.output).toContain('somebody moved or changed it in Grafana')
    expect(await person.look(uid('one'))).toMatchObject({ folder: '' })
    expect((await publish(set('one'), '--overwrite')).code).toBe(0)
    expect(await person.look(uid('one'))).toMatchObject({ folder })
  })

  test('what a person removed is made anew', patience, async () => {
    const { person, publish, set, uid } = await subject(options)
    await publish(set('one', 'two'))
    await person.remove(uid('two'))
    expect((await publish(set('one', 'two'))).stdout).toMatch(/\n1 created, 2 equal\n$/)
    expect((await publish(set('one', 'two'))).stdout).toMatch(/\n3 equal\n$/)
  })

  test('a stranger’s dashboard of our uid is not touched', patience, async () => {
    const { folder, person, publish, set, uid } = await subject(options)
    await person.createFolder(folder, `Theirs ${folder}`)
    await person.create(uid('one'), folder, 'A stranger’s')
    const before = await person.look(uid('one'))
    const refused = await publish(set('one', 'two'))
    expect(refused.code).toBe(1)
    expect(refused.output).toContain(
      `not published dashboard ${uid('one')}: it is not from cx-dashboards.`,
    )
    expect(refused.stdout).toMatch(/\n1 created, 1 equal; 1 not done: \S+-one\n$/)
    expect(await person.look(uid('one'))).toEqual(before)
  })

  test(
    'what is no longer in the set stays, goes by --prune --yes, and others’ stays even then',
    patience,
    async () => {
      const { folder, person, publish, set, uid } = await subject(options)
      await publish(set('one', 'two', 'three'))
      const neighbours = { uid: `${folder}-growth`, title: `Neighbours of ${folder}` }
      await publish({ ...set('neighbour'), folder: neighbours })
      await person.create(uid('other'), folder, 'A stranger’s')
      await person.save(uid('other'), (spec) => ({ ...spec, tags: ['cx'] }))
      await person.save(uid('three'), (spec) => ({ ...spec, title: 'By hand' }))
      expect((await publish(set('one'))).stdout).toMatch(/\n2 equal\n$/)

      const unasked = await publish(set('one'), '--prune')
      expect(unasked.code).toBe(1)
      expect(unasked.output).toContain('--prune would remove 1 and there is nobody to ask')
      expect(unasked.output).toContain('add --yes')
      expect(await person.look(uid('two'))).toBeDefined()

      const pruned = await publish(set('one'), '--prune', '--yes')
      expect(pruned.output).toContain(`dashboard ${uid('two')} removed`)
      expect(pruned.output).toContain(
        `not published dashboard ${uid('three')}: somebody changed it`,
      )
      expect(pruned.output).not.toContain(uid('other'))
      expect(pruned.output).not.toContain(uid('neighbour'))
      expect(await person.look(uid('neighbour'))).toBeDefined()
      expect(pruned.code).toBe(1)
      expect(await person.look(uid('two'))).toBeUndefined()
      expect(await person.look(uid('three'))).toBeDefined()
      expect(await person.look(uid('other'))).toBeDefined()
    },
  )

  test('each owner’s dashboards come into a folder of their own', patience, async () => {
    const { folder, person, publish, set, uid } = await subject(options)
    const owned: PublishedSet = {
      ...set('one', 'two'),
      folders: 'byOwner',
      dashboards: set('one', 'two').dashboards.map((each, index) =>
        index === 0 ? { ...each, owner: 'growth' } : each,
      ),
    }
    expect((await publish(owned)).code).toBe(0)
    expect(await person.look(uid('one'))).toMatchObject({ folder: `${folder}-growth` })
    expect(await person.look(uid('two'))).toMatchObject({ folder })
    expect((await publish(owned)).stdout).toMatch(/\n4 equal\n$/)
  })

  test('a deployment is marked once, however often it is told', patience, async () => {
    const { folder, run } = await subject(options)
    const args = [
      '--text',
      `v1 of ${folder}`,
      '--tags',
      `a, ${folder}`,
      '--time',
      '2026-11-01T10:00Z',
    ]
    const first = await run('annotate', ...args)
    expect(first.output).toBe(`marked: 2026-11-01T10:00:00.000Z cx, deployment, a, ${folder}\n`)
    expect((await run('annotate', ...args)).output).toMatch(/^was marked already/)
  })
})

test.skipIf(isReal)(
  'the token stands in no output (a real one is not to be looked for there)',
  patience,
  async () => {
    const { fake, publish, set } = await fakeSubject()
    fake.faults = [
      {
        on: 'POST /apis/folder',
        mishap: { status: 400, body: { message: `no: Bearer ${token}` } },
      },
    ]
    const { output } = await publish(set('one'))
    expect(fake.requests.length).toBeGreaterThan(0)
    expect(output).toContain('Grafana answered 400')
    expect(output).not.toContain(token)
  },
)
