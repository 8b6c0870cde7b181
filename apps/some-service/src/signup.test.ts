import { expect, test } from 'vitest'
import { appWithoutWaiting, asBrowser, validSignup } from './testing.ts'

const start = async (options: Parameters<typeof appWithoutWaiting>[1] = {}) => {
  const { app } = await appWithoutWaiting(() => 0.5, options)
  return { app, browser: asBrowser(app) }
}

type Browser = ReturnType<typeof asBrowser>

const upTo = async (browser: Browser, last: 'account' | 'company' | 'password') => {
  for (const step of ['account', 'company', 'password'] as const) {
    const { statusCode } = await browser.step(step, validSignup[step])
    expect(statusCode, step).toBe(200)
    if (step === last) return
  }
}

test('Four steps make an account, and the product knows who it is', async () => {
  const { browser } = await start()
  expect((await browser.get('/api/signup')).json()).toEqual({
    completed: [],
    values: {},
    expired: false,
  })
  await upTo(browser, 'password')
  const { email, name } = validSignup.account
  expect((await browser.get('/api/signup')).json()).toEqual({
    completed: ['account', 'company', 'password'],
    values: { name, email, ...validSignup.company },
    expired: false,
  })
  const confirmed = await browser.step('confirm')
  expect(confirmed.statusCode).toBe(200)
  expect((await browser.get('/api/account')).json()).toEqual({
    name,
    company: 'Analytical Engines',
    isFirstSession: true,
  })
})

test('The first session is one until documents were shown', async () => {
  const { browser } = await start()
  await upTo(browser, 'password')
  await browser.step('confirm')
  const isFirst = async () => (await browser.get('/api/account')).json().isFirstSession
  expect(await isFirst()).toBe(true)
  expect(await isFirst()).toBe(true)
  expect((await browser.post('/api/account/welcomed')).statusCode).toBe(204)
  expect(await isFirst()).toBe(false)
})

test('A step without those before it is refused, with the first that is missing', async () => {
  const { browser } = await start()
  for (const [step, missing] of [
    ['company', 'account'],
    ['password', 'account'],
    ['confirm', 'account'],
  ] as const) {
    const payload = step === 'confirm' ? {} : validSignup[step]
    const answer = await browser.step(step, payload)
    expect(answer.json(), step).toMatchObject({ statusCode: 409, code: 'step-missing', missing })
  }
  await upTo(browser, 'account')
  const answer = await browser.step('password', validSignup.password)
  expect(answer.json()).toMatchObject({ code: 'step-missing', missing: 'company' })
})

test('The cookies are for the API alone, and no script reads them', async () => {
  const { browser } = await start()
  const account = await browser.step('account', validSignup.account)
  expect(account.headers['set-cookie']).toMatch(
    /^signup=[\w-]{43}; Path=\/api\/signup; HttpOnly; SameSite=Strict$/,
  )
  await browser.step('company', validSignup.company)
  await browser.step('password', validSignup.password)
  const { headers } = await browser.step('confirm')
  expect(headers['set-cookie']).toMatch(
    /^session=[\w-]{43}; Path=\/api\/account; HttpOnly; SameSite=Strict$/,
  )
  expect(headers['cache-control']).toBe('no-store')
})

test('Behind TLS the cookies are for TLS alone', async () => {
  const { app } = await start()
  const { headers } = await app.inject({
    method: 'POST',
    url: '/api/signup/account',
    headers: { 'x-forwarded-proto': 'https' },
    payload: validSignup.account,
  })
  expect(headers['set-cookie']).toContain('; Secure')
})

test('An id that somebody made up is never taken on', async () => {
  const { browser } = await start()
  browser.cookies['signup'] = 'chosen-by-somebody'
  await browser.step('account', validSignup.account)
  expect(browser.cookies['signup']).toMatch(/^[\w-]{43}$/)
})

test('An address that has an account is refused, in capitals too, and again at the end', async () => {
  const { app, browser } = await start()
  const late = asBrowser(app)
  await upTo(late, 'password')
  await upTo(browser, 'password')
  await browser.step('confirm')

  const taken = { statusCode: 409, code: 'taken', field: 'email' }
  const another = asBrowser(app)
  const capitals = { ...validSignup.account, email: 'ADA@Example.com' }
  expect((await another.step('account', capitals)).json()).toMatchObject(taken)
  expect((await late.step('confirm')).json()).toMatchObject(taken)
})

test('Each step sent twice, also at the same time, ends as sent once', async () => {
  const { browser } = await start()
  await browser.step('account', validSignup.account)
  for (const step of ['account', 'company', 'password'] as const) {
    const both = await Promise.all([
      browser.step(step, validSignup[step]),
      browser.step(step, validSignup[step]),
    ])
    expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  }
  const ends = await Promise.all([browser.step('confirm'), browser.step('confirm')])
  const sessions = ends.map(({ cookies }) => cookies[0]?.value)
  expect(sessions[0]).toMatch(/^[\w-]{43}$/)
  expect(sessions[1]).toBe(sessions[0])
  expect((await browser.step('confirm')).cookies[0]?.value).toBe(sessions[0])
})

test('After half an hour without a sign the signup has expired, and begins anew', async () => {
  let minutes = 0
  const { browser } = await start({ now: () => minutes * 60_000 })
  await upTo(browser, 'account')
  minutes = 29
  await upTo(browser, 'company')
  minutes += 29
  expect((await browser.get('/api/signup')).json().completed).toEqual(['account', 'company'])
  minutes += 31
  expect((await browser.step('password', validSignup.password)).json()).toMatchObject({
    statusCode: 410,
    code: 'expired',
  })
  expect((await browser.get('/api/signup')).json()).toEqual({
    completed: [],
    values: {},
    expired: true,
  })
  await upTo(browser, 'account')
  expect((await browser.get('/api/signup')).json().expired).toBe(false)
})

test('Who changes the account or the company chooses the password anew', async () => {
  const { browser } = await start()
  await upTo(browser, 'password')
  await upTo(browser, 'company')
  expect((await browser.get('/api/signup')).json().completed).toContain('password')
  await browser.step('company', { ...validSignup.company, company: 'a long walk' })
  expect((await browser.get('/api/signup')).json().completed).toEqual(['account', 'company'])
  expect((await browser.step('password', validSignup.password)).json()).toMatchObject({
    code: 'personal',
  })
})

test('A name may be emoji, right to left, or a script, and comes back as it was', async () => {
  const { browser } = await start()
  for (const name of [
    '👩🏽‍🚀',
    'עדה לאבלייס',
    'محمد',
    '<script>alert(1)</script>',
    "O'Neil; --",
    '陳',
  ]) {
    const { statusCode } = await browser.step('account', { ...validSignup.account, name })
    expect(statusCode, name).toBe(200)
    expect((await browser.get('/api/signup')).json().values.name).toBe(name)
  }
})

const script = '<script>alert(1)</script>'

test.each([
  ['account', { email: 'ada@example.com' }, { code: 'missing', field: 'name' }],
  ['account', { name: '', email: 'ada@example.com' }, { code: 'malformed', field: 'name' }],
  ['account', { name: ' \u200B ', email: 'ada@example.com' }, { code: 'malformed', field: 'name' }],
  ['account', { name: 'a\0b', email: 'ada@example.com' }, { code: 'malformed', field: 'name' }],
  ['account', { name: '\uD800', email: 'ada@example.com' }, { code: 'malformed', field: 'name' }],
  ['account', { name: 'a'.repeat(101), email: 'a@b.de' }, { code: 'too-long', field: 'name' }],
  ['account', { name: ['Ada'], email: 'a@b.de' }, { code: 'malformed', field: 'name' }],
  ['account', { name: 'Ada', email: 'ada' }, { code: 'malformed', field: 'email' }],
  ['account', { name: 'Ada', email: script }, { code: 'malformed', field: 'email' }],
  ['account', { name: 'Ada', email: `${'a'.repeat(250)}@b.de` }, { code: 'too-long' }],
  ['account', { name: 'Ada', email: 'a@b.de', admin: true }, { code: 'malformed' }],
  ['account', '{"name":', { code: 'refused' }],
  ['account', '[]', { code: 'malformed' }],
  ['account', 'null', { code: 'malformed' }],
  ['company', { company: 'Engines', size: 'huge' }, { code: 'malformed', field: 'size' }],
  ['password', { password: 'short' }, { code: 'too-short', field: 'password' }],
  ['password', { password: '👩🏽‍🚀' }, { code: 'too-short', field: 'password' }],
  ['password', { password: 'x'.repeat(1001) }, { code: 'too-long', field: 'password' }],
  ['password', { password: 'xyz'.repeat(100) }, { code: 'too-long', field: 'password' }],
  ['password', { password: 'aaaaaaaaaaaaaaaa' }, { code: 'common', field: 'password' }],
  ['password', { password: 'Password1234' }, { code: 'common', field: 'password' }],
  ['password', { password: 'ada@example.com' }, { code: 'personal', field: 'password' }],
  ['password', { password: 'ANALYTICAL engines 1' }, { code: 'personal', field: 'password' }],
] as const)('%s refuses %j with 400', async (step, payload, problem) => {
  const { browser } = await start()
  await upTo(browser, 'company')
  const answer = await browser.step(step, payload)
  expect(answer.json()).toMatchObject({ statusCode: 400, ...problem })
  expect(answer.body).not.toContain('alert')
})

test('A name of a megabyte is 413, and a form is 415', async () => {
  const { app, browser } = await start()
  const name = 'a'.repeat(1024 * 1024)
  expect((await browser.step('account', { ...validSignup.account, name })).json()).toMatchObject({
    statusCode: 413,
    code: 'too-long',
  })
  const { statusCode } = await app.inject({
    method: 'POST',
    url: '/api/signup/account',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'name=Ada',
  })
  expect(statusCode).toBe(415)
})

test('Neither log nor answer tells what a person typed', async () => {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const { app } = await appWithoutWaiting(() => 0.5, { logger: { level: 'trace', stream } })
  const browser = asBrowser(app)
  const canaries = ['Ada', 'ada@', 'Analytical', 'a long walk', 'wordThatLeaks']
  await upTo(browser, 'password')
  await browser.step('account', '{"name": wordThatLeaks}')
  await browser.step('account', { name: { wordThatLeaks: 1 }, email: 'ada@' })
  await browser.step('account', { wordThatLeaks: 1 })
  await browser.step('password', { password: 'wordThatLeaks' })
  await browser.step('password', { password: 'wordThatL' })
  await browser.step('confirm')
  await browser.put('/api/account/password', {
    current: 'wordThatLeaks',
    password: 'wordThatLeaks',
  })
  await browser.get('/api/signup?name=wordThatLeaks')
  await browser.get('/wordThatLeaks')
  expect(lines.length).toBeGreaterThan(10)
  for (const canary of canaries) expect(lines.join('\n')).not.toContain(canary)
})

test('About one in 400 requests fails, and what failed can be sent again', async () => {
  const { app } = await appWithoutWaiting()
  const requests = 20_000
  let failed = 0
  for (let request = 0; request < requests; request += 1) {
    // Each from an address of its own: the rate limit is another test's.
    const remoteAddress = `10.0.${request >> 8}.${request & 255}`
    const { statusCode } = await app.inject({ url: '/api/signup', remoteAddress })
    if (statusCode === 500) failed += 1
    else expect(statusCode).toBe(200)
  }
  // 50 expected, standard deviation 7.
  expect(failed).toBeGreaterThan(20)
  expect(failed).toBeLessThan(80)
}, 60_000)

test('A step that failed has changed nothing', async () => {
  let draw = 0.5
  const { app } = await appWithoutWaiting(() => draw)
  const browser = asBrowser(app)
  for (const step of ['account', 'company', 'password', 'confirm'] as const) {
    const payload = step === 'confirm' ? {} : validSignup[step]
    draw = 0
    expect((await browser.step(step, payload)).json()).toMatchObject({ statusCode: 500 })
    draw = 0.5
    expect((await browser.get('/api/signup')).json().completed).not.toContain(step)
    expect((await browser.step(step, payload)).statusCode).toBe(200)
  }
})

test('One address may not ask without end, and a proxy on this machine tells addresses apart', async () => {
  const { app } = await start()
  const ask = (forwarded: string) =>
    app.inject({ url: '/api/signup', headers: { 'x-forwarded-for': forwarded } })
  for (let request = 0; request < 600; request += 1) await ask('192.0.2.1')
  expect((await ask('192.0.2.1')).json()).toMatchObject({ statusCode: 429, code: 'too-many' })
  expect((await ask('192.0.2.2')).statusCode).toBe(200)
})
