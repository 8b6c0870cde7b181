import { describe, expect, test } from 'vitest'
import type { StoredRule, StoredRuleGroup } from './fake-grafana/store.ts'
import { fakeSubject, isReal, token } from './grafana-subject.ts'
import type { PublishedSet } from './published.config.ts'
import { runPublish } from './run-publish.ts'

// Each runs the command several times, in a process of its own.
const patience = { timeout: 120_000 }

const alerting = async (options: Parameters<typeof fakeSubject>[0] = {}) => {
  const { fake, folder, publish, run, set } = await fakeSubject(options)
  const promising = (promised: PublishedSet['promised']): PublishedSet => ({
    ...set('one'),
    ...(promised && { promised }),
  })
  const groups = fake.store.ruleGroups
  const key = (name: string) => `${folder}/cx-objective-${name}`
  const byHand = (name: string, change: (rule: StoredRule) => StoredRule) => {
    const group = groups.get(key(name))
    if (!group) throw new Error(`no group of ${name}`)
    groups.set(key(name), { ...group, rules: group.rules.map(change) })
  }
  return { fake, folder, groups, key, byHand, promising, publish, run }
}

const conditionsOf = (group: StoredRuleGroup | undefined): string[] =>
  (group?.rules ?? []).map(({ data }) => JSON.stringify(data))

// What a Grafana refuses and how it writes what it keeps can be switched only in the fake.
describe.skipIf(isReal)('alerts that Grafana evaluates', () => {
  test(
    'come into the set’s folder; a second time nothing is done; then what changed',
    patience,
    async () => {
      const { groups, key, promising, publish } = await alerting()
      const first = await publish(promising({ orders: 99 }))
      expect(first.output).toContain('rule group')
      expect(first.stdout).toMatch(/\n3 created\n$/)
      const [page, ticket] = groups.get(key('orders'))?.rules ?? []
      expect(page).toMatchObject({
        title: 'CxErrorBudgetBurn: orders, page',
        labels: { severity: 'page', owner: 'promising', objective: 'orders' },
        noDataState: 'OK',
        provenance: '',
      })
      expect(ticket?.title).toBe('CxErrorBudgetBurn: orders, ticket')

      expect((await publish(promising({ orders: 99 }))).stdout).toMatch(/\n3 equal\n$/)
      const before = conditionsOf(groups.get(key('orders')))
      const third = await publish(promising({ orders: 99.9 }))
      expect(third.stdout).toMatch(/\n1 updated, 2 equal\n$/)
      expect(conditionsOf(groups.get(key('orders')))).not.toEqual(before)
      expect(groups.get(key('orders'))?.rules.map(({ uid }) => uid)).toContain(page?.uid)
    },
  )

  test(
    'that a person changed are left alone, until they are to be overwritten',
    patience,
    async () => {
      const { byHand, groups, key, promising, publish } = await alerting()
      await publish(promising({ orders: 99 }))
      byHand('orders', (rule) => ({ ...rule, for: '1h' }))
      const kept = await publish(promising({ orders: 99 }))
      expect(kept.output).toContain(
        'somebody changed a rule in Grafana since it was last published',
      )
      expect(kept.code).toBe(1)
      expect(groups.get(key('orders'))?.rules[0]).toMatchObject({ for: '1h' })
      expect((await publish(promising({ orders: 99 }), '--overwrite')).stdout).toMatch(
        /\n1 updated, 2 equal\n$/,
      )
      expect(groups.get(key('orders'))?.rules[0]).toMatchObject({ for: '0s' })
    },
  )

  test('that a person paused stay paused, and are not in the way', patience, async () => {
    const { byHand, groups, key, promising, publish } = await alerting()
    await publish(promising({ orders: 99 }))
    byHand('orders', (rule) => ({ ...rule, isPaused: rule.title.endsWith('page') }))
    expect((await publish(promising({ orders: 99 }))).stdout).toMatch(/\n3 equal\n$/)
    expect((await publish(promising({ orders: 99.9 }))).code).toBe(0)
    const paused = groups.get(key('orders'))?.rules.filter(({ isPaused }) => isPaused === true)
    expect(paused?.map(({ title }) => title)).toEqual(['CxErrorBudgetBurn: orders, page'])
  })

  test('and are no longer promised go when asked for, others’ never', patience, async () => {
    const { folder, groups, key, promising, publish } = await alerting()
    await publish(promising({ orders: 99, paid: 99 }))
    const theirs = {
      title: 'cx-theirs',
      folderUid: folder,
      interval: 60,
      rules: [{ uid: 'x', title: 'X', provenance: '', folderUID: folder, ruleGroup: 'cx-theirs' }],
    }
    groups.set(`${folder}/cx-theirs`, theirs)
    const kept = await publish(promising({ orders: 99 }))
    expect(kept.stdout).toMatch(/\n3 equal\n$/)
    expect(groups.has(key('paid'))).toBe(true)
    const pruned = await publish(promising({ orders: 99 }), '--prune', '--yes')
    expect(pruned.stdout).toMatch(/\n1 removed, 3 equal\n$/)
    expect([...groups.keys()].toSorted()).toEqual([key('orders'), `${folder}/cx-theirs`])
  })

  test('that a file keeps are never written', patience, async () => {
    const { byHand, promising, publish } = await alerting()
    await publish(promising({ orders: 99 }))
    byHand('orders', (rule) => ({ ...rule, provenance: 'file' }))
    const kept = await publish(promising({ orders: 99.9 }), '--overwrite')
    expect(kept.output).toContain('its rules are provisioned (file)')
    expect(kept.code).toBe(1)
  })

  test('that somebody saves at the same time are left as they made them', patience, async () => {
    const { byHand, fake, groups, key, promising, publish } = await alerting()
    await publish(promising({ orders: 99 }))
    fake.faults = [
      {
        on: 'GET /api/v1/provisioning/folder/',
        after: 1,
        times: 1,
        meanwhile: () => byHand('orders', (rule) => ({ ...rule, for: '2h' })),
      },
    ]
    const lost = await publish(promising({ orders: 99.9 }))
    expect(lost.output).toContain('at the same time')
    expect(lost.code).toBe(1)
    expect(groups.get(key('orders'))?.rules[0]).toMatchObject({ for: '2h' })
  })

  test('are put again where the answer was lost', patience, async () => {
    const { fake, promising, publish } = await alerting()
    fake.faults = [{ on: 'PUT /api/v1/provisioning', times: 1, tookEffect: true, mishap: 'cut' }]
    expect((await publish(promising({ orders: 99 }))).stdout).toMatch(/\n3 created\n$/)
    expect((await publish(promising({ orders: 99 }))).stdout).toMatch(/\n3 equal\n$/)
  })

  test('are told of in a diff in the words of other rules', patience, async () => {
    const { promising, publish, fake } = await alerting()
    await publish(promising({ orders: 99 }))
    const told = await runPublish({
      command: 'diff',
      set: promising({ orders: 99.9 }),
      env: { GRAFANA_URL: fake.url, GRAFANA_TOKEN: token },
    })
    expect(told.code).toBe(2)
    expect(told.stdout).toContain('more sensitive')
  })

  test('need Grafana 12, and nothing is published without it', patience, async () => {
    const { fake, promising, publish } = await alerting({ version: '11.6.4' })
    const refused = await publish(promising({ orders: 99 }))
    expect(refused.output).toContain('Grafana 11.6.4 cannot evaluate the alerts')
    expect(refused.code).toBe(1)
    expect(fake.store.dashboards.size).toBe(0)
  })
})
