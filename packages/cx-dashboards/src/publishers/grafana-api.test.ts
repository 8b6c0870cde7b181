import { catalog, owner } from 'cx-definition'
import { afterEach, expect, test } from 'vitest'
import { type FakeGrafanaOptions, startFakeGrafana } from '../../fakes/fake-grafana.ts'
import { defineDashboards } from '../build.ts'
import { row } from '../grafana/dashboard.ts'
import { graph } from '../grafana/graph.ts'
import { publishDashboards } from '../publish.ts'
import { grafanaAccess } from './grafana-access.ts'
import { connectGrafana } from './grafana-api.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const fake = async (options?: FakeGrafanaOptions) => {
  const grafana = await startFakeGrafana(options)
  stops.push(grafana.close)
  return grafana
}

const panels = [graph({ name: 'API' }).requests()]
const dashboard = (uid: string) => ({
  uid,
  title: `Dashboard ${uid}`,
  description: 'For a test',
  rows: [row('Row', panels)],
})
const set = defineDashboards({
  catalog: catalog({ owners: [owner('platform')], features: [] }),
  folder: { uid: 'cx', title: 'Customer experience' },
  dashboards: [dashboard('one'), dashboard('two')],
})

const publish = async (env: NodeJS.ProcessEnv) => {
  const lines: string[] = []
  let error: Error | undefined
  try {
    await publishDashboards(set, connectGrafana(await grafanaAccess(env)), (line) =>
      lines.push(line),
    )
  } catch (thrown) {
    error = thrown as Error
  }
  return { lines, message: error?.message }
}

const token = 'glsa_secretsecret'

test('dashboards are put into their folder, which is made when it is not there', async () => {
  const grafana = await fake({ authorization: `Bearer ${token}` })
  const { lines, message } = await publish({ GRAFANA_URL: grafana.url, GRAFANA_TOKEN: token })
  expect(message).toBeUndefined()
  expect(lines).toEqual([
    `Grafana 13.2.3 at ${grafana.url}/`,
    `published one (version 1): ${grafana.url}/d/one/slug`,
    `published two (version 1): ${grafana.url}/d/two/slug`,
  ])
  expect([...grafana.folders]).toEqual([['cx', 'Customer experience']])
  expect(grafana.dashboards.get('one')).toMatchObject({
    folderUid: 'cx',
    dashboard: { id: null, title: 'Dashboard one' },
  })
})

test('a second time they become the next version, in the folder that is there', async () => {
  const grafana = await fake()
  await publish({ GRAFANA_URL: grafana.url })
  const { lines, message } = await publish({ GRAFANA_URL: grafana.url })
  expect(message).toBeUndefined()
  expect(lines[1]).toContain('published one (version 2)')
})

test('a name and a password are taken too, and a Grafana below a path', async () => {
  const authorization = `Basic ${Buffer.from('admin:pass').toString('base64')}`
  const grafana = await fake({ authorization, subPath: '/grafana' })
  const { lines, message } = await publish({
    GRAFANA_URL: grafana.url,
    GRAFANA_USER: 'admin',
    GRAFANA_PASSWORD: 'pass',
  })
  expect(message).toBeUndefined()
  expect(lines[1]).toBe(`published one (version 1): ${grafana.url}/d/one/slug`)
})

test('a refused token is told as such and never printed', async () => {
  const grafana = await fake({ authorization: 'Bearer another' })
  const { lines, message } = await publish({ GRAFANA_URL: grafana.url, GRAFANA_TOKEN: token })
  expect(message).toContain('Grafana does not know the credentials. Set GRAFANA_TOKEN')
  expect(`${message}${lines.join('')}`).not.toContain(token)
  expect(grafana.dashboards.size).toBe(0)
})

const failing = (path: string, status: number, body: unknown): FakeGrafanaOptions => ({
  fault: (request, reply) =>
    request.url.startsWith(path) ? reply.code(status).send(body) : undefined,
})

test.for([
  [
    'may not write',
    failing('/api/dashboards', 403, { message: 'Access denied' }),
    'needs the role Editor',
  ],
  [
    'is broken',
    failing('/api/dashboards', 500, { message: 'database is locked' }),
    '500 database is locked',
  ],
  ['is behind a broken proxy', failing('/api/dashboards', 502, '<html>'), '502'],
] as const)('when Grafana %s, what was not published is named', async ([, options, reason]) => {
  const grafana = await fake(options)
  const { lines, message } = await publish({ GRAFANA_URL: grafana.url })
  expect(message).toBe('2 of 2 dashboards were not published: one, two.')
  expect(lines[1]).toMatch(/^not published one: /)
  expect(lines[1]).toContain(reason)
})

test('one dashboard that is refused does not keep the others from being published', async () => {
  let saves = 0
  const grafana = await fake({
    fault: (request, reply) => {
      if (!request.url.endsWith('/dashboards/db')) return undefined
      saves += 1
      return saves === 1
        ? reply.code(412).send({ status: 'plugin-dashboard', message: 'belongs to a plugin' })
        : undefined
    },
  })
  const { lines, message } = await publish({ GRAFANA_URL: grafana.url })
  expect(message).toBe('1 of 2 dashboards were not published: one.')
  expect(lines.slice(1)).toEqual([
    'not published one: the dashboard one cannot be saved: Grafana answered 412 belongs to a plugin',
    `published two (version 1): ${grafana.url}/d/two/slug`,
  ])
})

test.for([
  ['a page', failing('/', 200, '<html>'), 'something other than JSON'],
  [
    'a redirect',
    { fault: (_, reply) => reply.redirect('/login') },
    'it redirects, perhaps to a login page',
  ],
  [
    'an error',
    failing('/api/health', 503, { database: 'failing' }),
    'Grafana is not well: Grafana answered 503',
  ],
] as const satisfies readonly (readonly [string, FakeGrafanaOptions, string])[])(
  'a server that answers %s is recognised before anything is written',
  async ([, options, reason]) => {
    const grafana = await fake(options)
    const { message } = await publish({ GRAFANA_URL: grafana.url })
    expect(message).toContain(reason)
    expect(grafana.folders.size).toBe(0)
  },
)

test('a Grafana that is down is told as such', async () => {
  const grafana = await fake()
  await grafana.close()
  const { message } = await publish({ GRAFANA_URL: grafana.url })
  expect(message).toContain(
    'Grafana does not answer (ECONNREFUSED). Is it up, and is GRAFANA_URL right?',
  )
})

test.for([
  [{}, 'GRAFANA_URL is not set'],
  [{ GRAFANA_URL: 'localhost:3000' }, 'GRAFANA_URL is not an http or https URL'],
  [
    { GRAFANA_URL: 'http://admin:pass@localhost:3000' },
    'Move them to GRAFANA_USER and GRAFANA_PASSWORD',
  ],
  [{ GRAFANA_URL: 'http://localhost:3000', GRAFANA_USER: 'admin' }, 'GRAFANA_PASSWORD is not'],
  [
    { GRAFANA_URL: 'http://localhost:3000', GRAFANA_TOKEN: 'a\nb' },
    'holds characters that no token has',
  ],
  [
    { GRAFANA_URL: 'http://localhost:3000', GRAFANA_TOKEN_FILE: '/nowhere' },
    'GRAFANA_TOKEN_FILE cannot be read',
  ],
] as const)('the environment %o is refused before any request', async ([env, reason]) => {
  const { message } = await publish(env)
  expect(message).toContain(reason)
  expect(message).not.toContain('pass@')
})
