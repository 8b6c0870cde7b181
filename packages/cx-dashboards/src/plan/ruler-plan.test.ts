import { percent } from 'cx-definition'
import { expect, onTestFinished, test } from 'vitest'
import { type FakeRulerOptions, startFakeRuler } from '../../fakes/fake-ruler.ts'
import { catalogWith, platform } from '../../fakes/one-objective.ts'
import { contact } from '../alertmanager/contact.ts'
import { webhook } from '../alertmanager/receiver.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { rulerAccess } from '../publishers/ruler-access.ts'
import { connectRuler } from '../publishers/ruler-api.ts'
import { withMark } from './ruler-mark.ts'
import { planRuler } from './ruler-plan.ts'
import type { PlanOptions } from './step.ts'

const hook = webhook({ url: 'https://example.com/' })

const setWith = (target = 99.9, uid = 'cx'): DashboardSet => ({
  catalog: catalogWith({ target: percent(target) }),
  folder: { uid, title: 'CX' },
  dashboards: [],
  alerting: {
    contacts: [contact(platform, { page: [hook], ticket: [hook] })],
    environments: ['production'],
  },
})

const started = async (options: FakeRulerOptions = {}, env: NodeJS.ProcessEnv = {}) => {
  const fake = await startFakeRuler(options)
  onTestFinished(fake.stop)
  const access = await rulerAccess(fake.url, env)
  return { fake, ruler: connectRuler(access, { attempts: 3, wait: async () => {} }) }
}

const applied = async (
  set: DashboardSet,
  ruler: Awaited<ReturnType<typeof started>>['ruler'],
  options: PlanOptions = {},
) => {
  const steps = await planRuler(set, ruler, options)
  for (const { action, apply } of steps) {
    if (['create', 'update', 'delete'].includes(action)) await apply()
  }
  return steps.map(({ action, name }) => `${action} ${name}`)
}

const namespace = 'cx.objective-documents'

/** Somebody edits a group, as a ruler's own tools do it. */
const byHand = (
  fake: Awaited<ReturnType<typeof started>>['fake'],
  change: (group: { readonly name: string; readonly [field: string]: unknown }) => object,
) => {
  const groups = fake.stored.get(namespace)
  const group = groups?.get('cx-objective-documents')
  if (!groups || !group) throw new Error('it was published')
  groups.set(group.name, { ...group, ...change(group) })
}

test('an empty ruler gets every group, and then nothing is left to do', async () => {
  const { fake, ruler } = await started()
  expect(await applied(setWith(), ruler)).toEqual([
    'create cx.objective-documents/cx-objective-documents',
    'create cx.objective-documents/cx-objective-documents-budget',
  ])
  expect(await applied(setWith(), ruler)).toEqual([
    'same cx.objective-documents/cx-objective-documents',
    'same cx.objective-documents/cx-objective-documents-budget',
  ])
  expect(fake.requests.filter((each) => each.startsWith('POST'))).toHaveLength(2)
})

test('a changed promise changes its groups, and reading changes nothing', async () => {
  const { fake, ruler } = await started()
  await applied(setWith(), ruler)
  const before = fake.requests.length
  const steps = await planRuler(setWith(99), ruler)
  expect(steps.map(({ action }) => action)).toEqual(['update', 'update'])
  expect(fake.requests.slice(before)).toEqual(['GET /prometheus/config/v1/rules'])
})

test('what the catalog has no more goes; strangers, other sets and a group that somebody put beside ours stay', async () => {
  const { fake, ruler } = await started()
  const group = (name: string) => ({ name, rules: [{ record: 'a:b', expr: '1' }] })
  const gone = {
    name: 'cx-objective-gone',
    interval: '1m',
    rules: [{ record: 'a:b', expr: '1', labels: {} }],
  }
  await applied(setWith(), ruler)
  await applied(setWith(99.9, 'cx-2'), ruler)
  await ruler.put('cx', group('cx-mine'))
  await ruler.put('team "a"/b', group('ours'))
  await ruler.put('cx.objective-documents', group('by-hand'))
  await ruler.put('cx.objective-gone', withMark(gone))
  await ruler.put('cx.objective-copied', { ...gone, name: 'cx-copied' })
  const untouched = JSON.stringify(
    [...fake.stored]
      .filter(([name]) => name !== 'cx.objective-gone')
      .map(([name, groups]) => [name, [...groups]]),
  )
  expect(await applied(setWith(), ruler)).toContain('stale cx.objective-gone/cx-objective-gone')
  expect([...fake.stored.keys()]).toContain('cx.objective-gone')
  const pruned = await applied(setWith(), ruler, { prune: true })
  expect(pruned).toContain('delete cx.objective-gone/cx-objective-gone')
  expect(pruned).toContain('conflict cx.objective-copied/cx-copied')
  expect(JSON.stringify([...fake.stored].map(([name, groups]) => [name, [...groups]]))).toBe(
    untouched,
  )
})

test.each<[string, Parameters<typeof byHand>[1]]>([
  [
    'a rule',
    ({ rules }) => ({
      rules: (rules as readonly object[]).map((rule) => ({ ...rule, keep_firing_for: '1h' })),
    }),
  ],
  ['the first expression', () => ({ rules: [{ record: 'a:b', expr: '1' }] })],
  ['how often it is evaluated', () => ({ interval: '7m' })],
  ['a setting that we do not know', () => ({ query_offset: '3m' })],
])('a group of which somebody changed %s is left alone until told otherwise', async (_, change) => {
  const { fake, ruler } = await started()
  await applied(setWith(), ruler)
  byHand(fake, change)
  const before = JSON.stringify([...(fake.stored.get(namespace) ?? [])])
  const [step, other] = await planRuler(setWith(), ruler)
  expect([step?.action, other?.action]).toEqual(['conflict', 'same'])
  expect(step?.reason).toMatch(/somebody changed it in the ruler|it is not from cx-dashboards/)
  await expect(step?.apply()).rejects.toThrow(`${step?.reason}. `)
  expect(JSON.stringify([...(fake.stored.get(namespace) ?? [])])).toBe(before)
  await applied(setWith(), ruler, { overwrite: true })
  expect((await planRuler(setWith(), ruler)).map(({ action }) => action)).toEqual(['same', 'same'])
})

test('what somebody saves between look and write stays as they made it', async () => {
  const { fake, ruler } = await started()
  await applied(setWith(), ruler)
  const [step] = await planRuler(setWith(99), ruler)
  byHand(fake, () => ({ interval: '7m' }))
  await expect(step?.apply()).rejects.toThrow(/somebody saved .* at the same time/)
  expect(fake.stored.get(namespace)?.get('cx-objective-documents')?.['interval']).toBe('7m')
})

test('the mark stands in a comment of the first expression, and in no text that is shown', async () => {
  const { fake, ruler } = await started()
  await applied(setWith(), ruler)
  const text = JSON.stringify(fake.stored.get(namespace)?.get('cx-objective-documents'))
  expect(text.match(/\\n# cx-dashboards [0-9a-f]{16}"/g)).toHaveLength(1)
  const [step] = await planRuler(setWith(99), ruler)
  expect(JSON.stringify([step?.live, step?.desired])).not.toContain('# cx-dashboards')
})

test('what fails for a while is repeated, also where only the answer was lost', async () => {
  let failures = 2
  const failing = () => failures-- > 0
  const { fake, ruler } = await started({
    fault: (request, reply) =>
      request.method === 'GET' && failing() ? reply.code(503).send('<html>busy') : undefined,
    afterWrite: (_, reply) => (failing() ? reply.code(500).send('lost') : undefined),
  })
  await applied(setWith(), ruler)
  failures = 1
  await ruler.put('cx.objective-documents', { name: 'cx-gone' })
  failures = 1
  await ruler.remove('cx.objective-documents', 'cx-gone')
  expect([...fake.stored.keys()]).toEqual(['cx.objective-documents'])
  expect((await planRuler(setWith(), ruler)).map(({ action }) => action)).toEqual(['same', 'same'])
})

test.each<[string, FakeRulerOptions, NodeJS.ProcessEnv, RegExp]>([
  ['one that wants a tenant', { tenants: true }, {}, /Set RULER_TENANT/],
  [
    'one that wants a token',
    { authorization: 'Bearer right' },
    { RULER_TOKEN: 'wrong' },
    /RULER_TOKEN/,
  ],
  [
    'a token that may not',
    { fault: (_, reply) => reply.code(403).send('denied') },
    {},
    /not allowed \(denied\)/,
  ],
  ['a login page', { fault: (_, reply) => reply.redirect('/login') }, {}, /redirects/],
  [
    'a web page',
    { fault: (_, reply) => reply.type('text/html').send('<html></html>') },
    {},
    /something other than rules/,
  ],
  ['a list', { fault: (_, reply) => reply.send('- a\n- b') }, {}, /something other than rules/],
  ['broken YAML', { fault: (_, reply) => reply.send('a: 1\nb: "x') }, {}, /line 2, is no YAML/],
  [
    'no rules in a namespace of ours',
    { fault: (_, reply) => reply.send('cx.a:\n  - no: name') },
    {},
    /namespace cx\.a cannot be read: group 1 has no name/,
  ],
  [
    'another server',
    { fault: (_, reply) => reply.code(404).send('404 page not found') },
    {},
    /no ruler’s API/,
  ],
  [
    'one that is down for long',
    { fault: (_, reply) => reply.code(502).send('bad\ngateway') },
    {},
    /502 bad gateway/,
  ],
])('%s is said with the remedy, and without the token', async (_, options, env, expected) => {
  const { ruler } = await started(options, env)
  const failed = await planRuler(setWith(), ruler).then(() => '', String)
  expect(failed).toMatch(expected)
  expect(failed).not.toContain('wrong')
  expect(failed).not.toMatch(/\n/)
})

test('a limit of Mimir is said with the setting that raises it', async () => {
  const { ruler } = await started({ mostRules: 20 })
  const [first] = await planRuler(setWith(), ruler)
  await expect(first?.apply()).rejects.toThrow(
    /limit: 20 actual: \d+.*ruler_max_rules_per_rule_group/,
  )
})

test('an older Mimir without rules, and one of several tenants, are read', async () => {
  const { ruler } = await started({ old: true, tenants: true }, { RULER_TENANT: 'team-a' })
  expect((await planRuler(setWith(), ruler)).map(({ action }) => action)).toEqual([
    'create',
    'create',
  ])
})

test.each([
  ['ftp://x', /--ruler is not an http or https URL/],
  ['http://user:hunter2@x', /Move secrets to RULER_TOKEN/],
  ['http://x?token=hunter2', /Move secrets to RULER_TOKEN/],
])('an address such as %s is refused and not repeated', async (given, expected) => {
  const failed = await rulerAccess(given, {}).then(() => '', String)
  expect(failed).toMatch(expected)
  expect(failed).not.toContain('hunter2')
})

test('a tenant with a line break is refused', async () => {
  await expect(rulerAccess('http://x', { RULER_TENANT: 'a\nb' })).rejects.toThrow(
    /no id of a tenant/,
  )
})
