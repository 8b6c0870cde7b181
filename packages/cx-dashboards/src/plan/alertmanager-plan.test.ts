import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { catalogWith, platform } from '../../fakes/one-objective.ts'
import { alertmanagerArtifacts } from '../alertmanager/alertmanager-config.ts'
import { contact } from '../alertmanager/contact.ts'
import { type Receiver, slack, webhook } from '../alertmanager/receiver.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { readYaml } from '../publishers/read-yaml.ts'
import { planAlertmanager } from './alertmanager-plan.ts'
import { mergeRoutes, mergeRoutesInText } from './merge-routes.ts'

const hook = webhook({ url: 'https://example.com/' })

const alerting = (page: Receiver) => ({
  contacts: [contact(platform, { page: [page], ticket: [hook] })],
  environments: ['production'],
})

const setWith = (page: Receiver = hook): DashboardSet => ({
  catalog: catalogWith(),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [],
  alerting: alerting(page),
})

const fileWith = async (text: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cx-routes-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'am.yml'), text)
  return join(folder, 'am.yml')
}

const theirs = `# Ours, since 2019.
global:
  smtp_auth_password: 's3cret'  # from the vault
route:
  receiver: inbox   # all else
  routes:
    # The night shift.
    - matchers: [team="night"]
      receiver: inbox
receivers:
  - name: inbox
    email_configs: [{ to: a@example.com }]
`

const applied = async (set: DashboardSet, file: string): Promise<string | undefined> => {
  const [step] = await planAlertmanager(set, file)
  if (step?.action === 'update') await step.apply()
  return step?.action
}

test('our part comes into a file of others, of which comments and all else stay, and a second time nothing is done', async () => {
  const file = await fileWith(theirs)
  await chmod(file, 0o600)
  expect(await applied(setWith(), file)).toBe('update')
  const text = await readFile(file, 'utf8')
  for (const kept of ['# Ours, since 2019.', "'s3cret'", '# from the vault', '# The night shift.'])
    expect(text).toContain(kept)
  expect(text).toMatch(/# The night shift\.\n +- matchers: \[ ?team="night" ?\]/)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await applied(setWith(), file)).toBe('same')
  expect(await readFile(file, 'utf8')).toBe(text)
  const changed = slack({ channel: '#nights', apiUrlFile: '/run/secrets/slack' })
  expect(await applied(setWith(changed), file)).toBe('update')
  expect(await applied(setWith(), file)).toBe('update')
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('a file that a build wrote whole is written whole', async () => {
  const whole = (page: Receiver) =>
    alertmanagerArtifacts(catalogWith(), alerting(page))[0]?.content ?? ''
  const changed = slack({ channel: '#nights', apiUrlFile: '/run/secrets/slack' })
  const file = await fileWith(whole(hook))
  expect(await applied(setWith(changed), file)).toBe('update')
  expect(await readFile(file, 'utf8')).toBe(whole(changed))
})

test('what a link leads to is written, and the link stays', async () => {
  const file = await fileWith(theirs)
  await symlink(file, `${file}.link`)
  await applied(setWith(), `${file}.link`)
  expect(await readFile(file, 'utf8')).toContain('cx-platform-page')
  expect((await readdir(join(file, '..'))).toSorted()).toEqual(['am.yml', 'am.yml.link'])
})

test('what somebody writes between look and write stays as they made it', async () => {
  const file = await fileWith(theirs)
  const [step] = await planAlertmanager(setWith(), file)
  await writeFile(file, 'route: { receiver: inbox }')
  await expect(step?.apply()).rejects.toThrow('at the same time')
  expect(await readFile(file, 'utf8')).toBe('route: { receiver: inbox }')
})

test.each([
  [
    'leans on ours',
    `${theirs}
  - &ours
    name: cx-platform-page
  - name: also
    copied: *ours
`,
  ],
  [
    'has its receivers elsewhere',
    theirs.replace('receivers:', 'x-receivers: &theirs').concat('receivers: *theirs\n'),
  ],
])(
  'a file that %s is left as it is, with the remedy and without its secrets',
  async (_, content) => {
    const file = await fileWith(content)
    const [step] = await planAlertmanager(setWith(), file)
    const failed = await step?.apply().then(() => '', String)
    expect(failed).toMatch(/am\.yml was left as it is.*cx-fragment\.yml by hand/)
    expect(failed).not.toContain('s3cret')
    expect(await readFile(file, 'utf8')).toBe(content)
  },
)

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const item = fc.record({ name: text, matchers: fc.array(text), to: text }, { requiredKeys: [] })

test('whatever a file holds, its text means what the merge of its values means', () => {
  const config = fc.record(
    {
      global: fc.record({ note: text }),
      route: fc.record({ receiver: text, routes: fc.array(item) }, { requiredKeys: ['receiver'] }),
      receivers: fc.array(item),
      inhibit_rules: fc.array(item),
    },
    { requiredKeys: ['route'] },
  )
  const fragment = {
    route: { routes: [{ matchers: ['alertname=~"Cx[A-Z].*"'], receiver: 'cx-a' }] },
    receivers: [{ name: 'cx-a' }],
    inhibit_rules: [],
  }
  fc.assert(
    fc.property(config, (live) => {
      const merged = mergeRoutesInText(stringify(live), fragment)
      expect(readYaml(merged, 'it')).toEqual(mergeRoutes(live, fragment))
    }),
  )
})
