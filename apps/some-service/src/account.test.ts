import { expect, test } from 'vitest'
import { appWithoutWaiting, asBrowser, validSignup } from './testing.ts'

const { password } = validSignup.password
const other = 'another walk by the sea'

const signedUp = async () => {
  const { app } = await appWithoutWaiting(() => 0.5)
  const browser = asBrowser(app)
  for (const step of ['account', 'company', 'password'] as const)
    await browser.step(step, validSignup[step])
  await browser.step('confirm')
  const change = async (current: string, to: string) =>
    (await browser.put('/api/account/password', { current, password: to })).json<{ code: string }>()
  return { app, browser, change }
}

test('Without a session nothing is told and nothing is changed', async () => {
  const { app } = await appWithoutWaiting(() => 0.5)
  const stranger = asBrowser(app)
  stranger.cookies['session'] = 'made-up'
  const answers = [
    await stranger.get('/api/account'),
    await stranger.post('/api/account/welcomed'),
    await stranger.put('/api/account/password', { current: password, password: other }),
  ]
  for (const answer of answers)
    expect(answer.json()).toMatchObject({ statusCode: 401, code: 'no-session' })
})

test('The password changes for who knows the current one', async () => {
  const { browser, change } = await signedUp()
  const answer = await browser.put('/api/account/password', { current: password, password: other })
  expect(answer.statusCode).toBe(204)
  expect(await change(password, other)).toMatchObject({ code: 'wrong', field: 'current' })
  expect((await browser.get('/api/account')).statusCode).toBe(200)
  // Typed on another keyboard: the same characters in another sequence of code points.
  await browser.put('/api/account/password', {
    current: other,
    password: 'au caf\u00E9 de la gare',
  })
  const composed = { current: 'au cafe\u0301 de la gare', password: other }
  expect((await browser.put('/api/account/password', composed)).statusCode).toBe(204)
})

test('A weak new password is refused', async () => {
  const { change } = await signedUp()
  expect(await change(password, 'short')).toMatchObject({ code: 'too-short', field: 'password' })
  expect(await change(password, 'ada@example.com!')).toMatchObject({ code: 'personal' })
  expect(await change('', other)).toMatchObject({ code: 'malformed', field: 'current' })
})
