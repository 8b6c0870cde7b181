import { expect, test } from 'vitest'
import { appWithoutWaiting } from './testing.ts'

type App = Awaited<ReturnType<typeof appWithoutWaiting>>['app']

const readAs = (app: App, customer: string) =>
  app.inject({ url: '/api/documents/a-1', headers: { 'x-app-customer': customer } })

const breakIt = (app: App, payload: object) =>
  app.inject({ method: 'PUT', url: '/breakage', payload })

test('Errors break every request of one customer and leave the others alone', async () => {
  const { app } = await appWithoutWaiting(() => 0.5)
  const answer = await breakIt(app, { mode: 'errors', customer: 'contoso' })
  expect(answer.json()).toMatchObject({ mode: 'errors', customer: 'contoso', share: 1 })
  expect((await readAs(app, 'contoso')).statusCode).toBe(500)
  expect((await readAs(app, 'fabrikam')).statusCode).toBe(200)
  expect((await app.inject('/api/documents/a-1')).statusCode).toBe(200)
})

test('Slowness adds a second to every customer where nothing else is said', async () => {
  const { app, sleptMilliseconds } = await appWithoutWaiting(() => 0.5)
  await breakIt(app, { mode: 'slowness' })
  expect((await readAs(app, 'contoso')).statusCode).toBe(200)
  expect((await readAs(app, 'fabrikam')).statusCode).toBe(200)
  expect(sleptMilliseconds).toEqual([1055, 1055])
})

test('A share breaks about that share of the requests', async () => {
  const { app } = await appWithoutWaiting()
  await breakIt(app, { mode: 'errors', share: 0.3 })
  let failed = 0
  for (let request = 0; request < 2000; request += 1) {
    if ((await readAs(app, 'contoso')).statusCode === 500) failed += 1
  }
  // 600 expected, standard deviation 20.
  expect(failed).toBeGreaterThan(520)
  expect(failed).toBeLessThan(680)
})

test('Breaks one feature and leaves the others alone', async () => {
  const { app } = await appWithoutWaiting(() => 0.5)
  const statuses = async () =>
    Promise.all([
      readAs(app, 'contoso'),
      app.inject('/api/signup'),
      app.inject({
        method: 'PUT',
        url: '/api/account/password',
        payload: { current: 'a', password: 'b' },
      }),
    ]).then((answers) => answers.map(({ statusCode }) => statusCode))
  // Nobody is signed in, which the service notices by itself.
  expect(await statuses()).toEqual([200, 200, 401])
  await breakIt(app, { mode: 'errors', feature: 'self-signup' })
  expect(await statuses()).toEqual([200, 500, 401])
  await breakIt(app, { mode: 'errors', feature: 'password-field' })
  expect(await statuses()).toEqual([200, 200, 500])
  expect((await app.inject('/api/account')).statusCode).toBe(401)
  await breakIt(app, { mode: 'errors' })
  expect(await statuses()).toEqual([500, 200, 401])
})

test('Tells what is broken, and mends it', async () => {
  const { app } = await appWithoutWaiting(() => 0.5)
  expect((await app.inject('/breakage')).json()).toEqual({ mode: 'none' })
  await breakIt(app, { mode: 'errors' })
  expect((await app.inject('/breakage')).json()).toMatchObject({ mode: 'errors' })
  expect((await app.inject({ method: 'DELETE', url: '/breakage' })).statusCode).toBe(204)
  expect((await app.inject('/breakage')).json()).toEqual({ mode: 'none' })
  expect((await readAs(app, 'contoso')).statusCode).toBe(200)
})

test.each([
  [{}],
  [{ mode: 'fire' }],
  [{ mode: 'errors', costumer: 'contoso' }],
  [{ mode: 'errors', feature: 'app-shell' }],
  [{ mode: 'errors', share: '1' }],
  [{ mode: 'errors', share: 1.1 }],
  [{ mode: 'slowness', delayMilliseconds: 60_000 }],
])('Refuses %j and stays as it was', async (payload) => {
  const { app } = await appWithoutWaiting(() => 0.5)
  expect((await breakIt(app, payload)).statusCode).toBe(400)
  expect((await app.inject('/breakage')).json()).toEqual({ mode: 'none' })
})
