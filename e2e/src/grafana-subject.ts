import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import {
  type FakeGrafana,
  type FakeGrafanaOptions,
  startFakeGrafana,
} from './fake-grafana/fake-grafana.ts'
import { type GrafanaPerson, grafanaPerson } from './grafana-person.ts'
import type { PublishedSet } from './published.config.ts'
import { type PublishRun, runPublish } from './run-publish.ts'

/** What `npm run test:grafana` sets, so that nothing else ever writes into a Grafana that happens to be in the environment. */
export const isReal = process.env['TEST_REAL_GRAFANA'] === 'yes'

export const token = 'glsa_secretsecretsecret_12345678'

/** The Grafanas that the suite is run against: a real one, or fakes of each kind of API. */
export const kinds: readonly (readonly [string, FakeGrafanaOptions])[] = isReal
  ? [['a real Grafana', {}]]
  : [
      ['a fake Grafana 10, older API', { version: '10.4.19' }],
      ['a fake Grafana 11, older API', { version: '11.6.4' }],
      [
        'a fake Grafana 12 that ignores annotations',
        { version: '12.0.2', keepsAnnotations: false },
      ],
      ['a fake Grafana 13', { version: '13.2.3' }],
    ]

export interface Subject {
  readonly url: string
  /** A set of dashboards that nobody else has, under names such as `one`. */
  readonly set: (...names: readonly string[]) => PublishedSet
  readonly uid: (name: string) => string
  readonly folder: string
  readonly publish: (set: PublishedSet, ...args: readonly string[]) => Promise<PublishRun>
  readonly run: (command: 'annotate' | 'diff', ...args: readonly string[]) => Promise<PublishRun>
  readonly person: GrafanaPerson
}

/** A Grafana until the test's end, with a folder of its own that is then removed. */
export const subject = async (options: FakeGrafanaOptions): Promise<Subject> =>
  isReal ? realSubject() : fakeSubject(options)

export const fakeSubject = async (
  options: FakeGrafanaOptions = {},
): Promise<Subject & { readonly fake: FakeGrafana }> => {
  const authorization = `Bearer ${token}`
  const fake = await startFakeGrafana({ authorization, ...options })
  onTestFinished(fake.close)
  const env = { GRAFANA_URL: fake.url, GRAFANA_TOKEN: token }
  const person = await grafanaPerson(fake.url, authorization)
  return { fake, ...made(fake.url, env, person) }
}

const realSubject = async (): Promise<Subject> => {
  const names = ['GRAFANA_URL', 'GRAFANA_TOKEN', 'GRAFANA_USER', 'GRAFANA_PASSWORD']
  const env = Object.fromEntries(
    names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  ) as Record<string, string>
  const { GRAFANA_PASSWORD = '', GRAFANA_TOKEN, GRAFANA_URL = '', GRAFANA_USER = '' } = env
  const basic = `Basic ${Buffer.from(`${GRAFANA_USER}:${GRAFANA_PASSWORD}`).toString('base64')}`
  const url = GRAFANA_URL.replace(/\/$/, '')
  const person = await grafanaPerson(url, GRAFANA_TOKEN ? `Bearer ${GRAFANA_TOKEN}` : basic)
  const real = made(url, env, person)
  onTestFinished(() => leaveNothing(real))
  return real
}

/** Also what a failed test left at the root, or beside the folder. */
const leaveNothing = async ({ folder, person, uid }: Subject): Promise<void> => {
  for (const name of ['one', 'two', 'three', 'other', 'neighbour']) await person.remove(uid(name))
  for (const each of [`${folder}-growth`, folder]) await person.removeFolder(each)
  await person.removeAnnotations(folder)
}

const made = (
  url: string,
  env: Readonly<Record<string, string>>,
  person: GrafanaPerson,
): Subject => {
  const own = `cxtest${randomBytes(5).toString('hex')}`
  const uid = (name: string) => `${own}-${name}`
  return {
    url,
    uid,
    folder: own,
    person,
    set: (...names) => ({
      folder: { uid: own, title: `Test ${own}` },
      dashboards: names.map((name) => ({ uid: uid(name), title: `Dashboard ${name}` })),
    }),
    publish: (set, ...args) => runPublish({ env, set, args }),
    run: (command, ...args) => runPublish({ env, command, args }),
  }
}
