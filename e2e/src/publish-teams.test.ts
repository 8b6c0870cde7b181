import { describe, expect, test } from 'vitest'
import { fakeSubject, isReal } from './grafana-subject.ts'
import type { PublishedSet } from './published.config.ts'

// Each runs the command several times, in a process of its own.
const patience = { timeout: 120_000 }

const withTeams = async (options: Parameters<typeof fakeSubject>[0]) => {
  const started = await fakeSubject(options)
  const { fake, folder, set } = started
  const owned = (owner: string, team: string): PublishedSet => ({
    ...set(),
    dashboards: set('one').dashboards.map((each) => ({ ...each, owner })),
    teams: { [owner]: team },
  })
  fake.store.teams.set('Growth', 7).set('Strangers', 8)
  const given = () => Object.fromEntries(fake.store.permissions.get(`${folder}-growth`) ?? [])
  return { ...started, owned, given }
}

// A team of somebody is not to be given anything in a real Grafana.
describe.skipIf(isReal)('a team that may edit its owner’s folder', () => {
  test.each(['10.4.19', '13.2.3'])(
    'is given that once, beside what others were given (Grafana %s)',
    patience,
    async (version) => {
      const { fake, folder, given, owned, publish } = await withTeams({ version, role: 'Admin' })
      const first = await publish(owned('growth', 'Growth'))
      expect(first.output).toContain(`permission ${folder}-growth/Growth given: it may edit\n`)
      expect(given()).toEqual({ 7: 'Edit' })

      fake.store.permissions.set(
        `${folder}-growth`,
        new Map([
          [7, 'View'],
          [8, 'Admin'],
        ]),
      )
      expect((await publish(owned('growth', 'Growth'))).stdout).toMatch(/\n1 updated, 3 equal\n$/)
      expect(given()).toEqual({ 7: 'Edit', 8: 'Admin' })

      fake.store.permissions.set(`${folder}-growth`, new Map([[7, 'Admin']]))
      expect((await publish(owned('growth', 'Growth'))).stdout).toMatch(/\n4 equal\n$/)
      expect(given()).toEqual({ 7: 'Admin' })
    },
  )

  test('that is not there is told of, and all else is published', patience, async () => {
    const { folder, given, owned, publish } = await withTeams({ role: 'Admin' })
    const { code, output, stdout } = await publish(owned('growth', 'Grwth'))
    expect(code).toBe(1)
    expect(output).toContain(
      `not published permission ${folder}-growth/Grwth: Grafana shows us no team named "Grwth". Make it,`,
    )
    expect(stdout).toMatch(/\n3 created; 1 not done: \S+-growth\/Grwth\n$/)
    expect(given()).toEqual({})
  })

  test('is left to an Admin’s token, and all else is published', patience, async () => {
    const { fake, given, owned, publish } = await withTeams({ role: 'Editor' })
    const { code, output, stdout } = await publish(owned('growth', 'Growth'))
    expect(code).toBe(1)
    expect(output).toMatch(/not published permission .*teams:read.*needs the role Admin/)
    expect(stdout).toMatch(/\n3 created; 1 not done: /)
    expect(given()).toEqual({})
    expect(fake.requests.filter((each) => each.includes('access-control'))).toEqual([])
  })

  test('that is given more while we publish keeps it', patience, async () => {
    const { fake, folder, given, owned, publish } = await withTeams({ role: 'Admin' })
    await publish(owned('growth', 'Growth'))
    fake.store.permissions.clear()
    const more = () => void fake.store.permissions.set(`${folder}-growth`, new Map([[7, 'Admin']]))
    fake.faults = [{ on: 'GET /api/access-control/folders/', after: 1, times: 1, meanwhile: more }]
    expect((await publish(owned('growth', 'Growth'))).code).toBe(0)
    expect(given()).toEqual({ 7: 'Admin' })

    // By the folder above.
    fake.store.permissions.clear()
    fake.store.permissions.set(folder, new Map([[7, 'Edit']]))
    expect((await publish(owned('growth', 'Growth'))).stdout).toMatch(/\n4 equal\n$/)
    expect(given()).toEqual({})
  })
})
