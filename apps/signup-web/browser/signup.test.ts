import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { copy } from '../src/copy.ts'
import { executablePath, launchOptions, type RunningApp, startApp } from './running-app.ts'
import { fill, goTo, newPerson, steps, submit, titleOf } from './signup-pages.ts'

describe.skipIf(!executablePath)('signup-web (skipped without Chromium)', () => {
  let app: RunningApp
  let url: string
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []
  const events: Record<string, unknown>[] = []

  beforeAll(async () => {
    app = await startApp()
    url = await app.serve()
    browser = await chromium.launch(launchOptions)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })
  beforeEach(async () => {
    complaints.length = 0
    events.length = 0
    context = await browser.newContext()
    context.on('weberror', (error) => complaints.push(error.error().message))
    context.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
    context.on('request', (request) => {
      if (request.url().endsWith('/cx/beacon')) events.push(...request.postDataJSON().events)
    })
    page = await context.newPage()
  })
  afterEach(() => context.close())

  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  const told = (type: string) => events.filter((event) => event['type'] === type)
  const stepEvents = () => told('step').map(({ event, step }) => `${String(step)} ${String(event)}`)

  test('four steps lead to the first documents, and each tells of itself', async () => {
    const person = newPerson()
    await page.goto(url)
    for (const step of steps) {
      await fill(page, step, person)
      expect(new URL(page.url()).search).toBe('')
      if (step === 'confirm') {
        expect(await page.locator('dd').allTextContents()).toEqual([
          person.name,
          person.email,
          person.company,
          copy.signup.fields.sizes['11-50'],
        ])
      }
      await submit(page)
    }
    await heading(copy.product.documents).waitFor()
    expect(await page.getByRole('listitem').count()).toBe(3)
    await page.getByRole('heading', { name: copy.product.welcome }).waitFor()
    await page.waitForResponse((response) => response.url().endsWith('/cx/beacon'))
    await expect
      .poll(stepEvents, { timeout: 15_000 })
      .toEqual(expect.arrayContaining(['documents entered', 'documents completed']))
    await expect
      .poll(async () => (await app.metrics()).match(/^cx_journey_steps_total.* [1-9]$/gm)?.length, {
        timeout: 15_000,
      })
      .toBe(10)

    await page.reload()
    await heading(copy.product.documents).waitFor()
    expect(await page.getByRole('heading', { name: copy.product.welcome }).count()).toBe(0)
    expect(complaints).toEqual([])
  }, 60_000)

  test.each([
    ['company', 'account'],
    ['password', 'account'],
    ['confirm', 'account'],
  ] as const)('opening %s directly leads to %s with a friendly word', async (step, first) => {
    await page.goto(`${url}/signup/${step}`)
    await heading(titleOf(first)).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/signup/${first}`)
    expect(await page.getByRole('status').textContent()).toBe(copy.signup.notices[first])
    await page.reload()
    await heading(titleOf(first)).waitFor()
    expect(await page.getByRole('status').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('with some steps done, it leads to the first that is missing', async () => {
    await goTo(page, url, 'company')
    await page.goto(`${url}/signup/confirm`)
    await heading(titleOf('company')).waitFor()
    expect(await page.getByRole('status').textContent()).toBe(copy.signup.notices.company)
  })

  test('without the guard the form of step two can be sent, and fails', async () => {
    const unguarded = await app.serve({ SIGNUP_GUARD: 'off' })
    await page.goto(`${unguarded}/signup/company`)
    await fill(page, 'company', newPerson())
    await submit(page)
    await page.getByRole('alert').getByText(copy.failures.unexpected).waitFor()
    await expect
      .poll(() => [...stepEvents(), ...told('error').map(({ owner }) => owner)], {
        timeout: 15_000,
      })
      .toEqual(['company entered', 'company failed', 'growth'])
  }, 30_000)

  test('what is wrong is listed, linked, announced, and is no failure of ours', async () => {
    await page.goto(`${url}/signup/account`)
    await heading(titleOf('account')).waitFor()
    await page.locator('#email').fill('nobody')
    await submit(page)
    const summary = page.getByRole('alert')
    await summary.waitFor()
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true)
    const { email, name } = copy.problems
    expect(await summary.getByRole('link').allTextContents()).toEqual([
      name.missing,
      email.malformed,
    ])
    const input = page.locator('#email')
    expect(await input.getAttribute('aria-invalid')).toBe('true')
    const describedBy = (await input.getAttribute('aria-describedby')) as string
    const described = describedBy.split(' ').map((id) => page.locator(`#${id}`).textContent())
    expect(await Promise.all(described)).toEqual([copy.signup.fields.emailHint, email.malformed])
    await summary.getByRole('link', { name: email.malformed }).click()
    expect(await input.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(page.url()).not.toContain('#')
    await page.waitForTimeout(5500)
    expect(stepEvents()).toEqual(['account entered'])
    expect(told('error')).toEqual([])
  }, 30_000)

  test('what only the service can know is told at the field as well', async () => {
    const person = newPerson()
    await goTo(page, url, 'password', person)
    await page.locator('#password').fill(`x ${person.company} x`)
    await submit(page)
    await page.getByRole('link', { name: copy.problems.password.personal }).waitFor()
    await page.locator('#password').fill(person.password)
    await submit(page)
    await fill(page, 'confirm', person)
    await submit(page)
    await heading(copy.product.documents).waitFor()

    await context.clearCookies()
    await page.goto(`${url}/signup/account`)
    await fill(page, 'account', person)
    await submit(page)
    await page.getByRole('link', { name: copy.problems.email.taken }).waitFor()
    expect(await page.locator('#name').inputValue()).toBe(person.name)
  }, 30_000)

  test('everything works by keyboard alone', async () => {
    const person = newPerson()
    const type = (text: string) => page.keyboard.type(text)
    const press = (key: string) => page.keyboard.press(key)
    const at = (step: (typeof steps)[number]) =>
      page.waitForFunction((title) => document.activeElement?.textContent === title, titleOf(step))
    await page.goto(`${url}/signup/account`)
    await heading(titleOf('account')).waitFor()
    await press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(copy.skip)
    await press('Enter')
    await press('Tab')
    await type(person.name)
    await press('Tab')
    await type(person.email)
    await press('Enter')
    await at('company')
    await press('Tab')
    await type(person.company)
    await press('Tab')
    await press('ArrowDown')
    await press('Tab')
    await press('Enter')
    await at('password')
    await press('Tab')
    await type(person.password)
    await press('Tab')
    await press('Enter')
    expect(await page.locator('#password').getAttribute('type')).toBe('text')
    await press('Tab')
    await press('Enter')
    await at('confirm')
    for (const _ of ['change', 'change', 'submit']) await press('Tab')
    await press('Enter')
    await heading(copy.product.documents).waitFor()
  }, 30_000)

  test('the password can be changed in the product, by the same field', async () => {
    const person = newPerson()
    await goTo(page, url, 'confirm', person)
    await submit(page)
    await heading(copy.product.documents).waitFor()
    await page.getByRole('link', { name: copy.product.settings }).click()
    await page.locator('#current').fill('something else')
    await page.locator('#password').fill('another walk by the sea')
    await submit(page)
    await page.getByRole('link', { name: copy.problems.current.wrong }).waitFor()
    await page.locator('#current').fill(person.password)
    await submit(page)
    await page.getByRole('status').getByText(copy.product.saved).waitFor()
    await page.route('**/api/account/password', (route) => route.abort())
    await submit(page)
    await page.getByRole('alert').getByText(copy.failures.offline).waitFor()
    await expect
      .poll(() => told('error').map(({ feature, owner }) => [owner, feature]), { timeout: 15_000 })
      .toEqual([['identity', 'password-field']])
    expect(complaints.filter((line) => !/403|net::ERR/.test(line))).toEqual([])
  }, 30_000)

  test('the product without a session shows the way to the signup', async () => {
    await page.goto(`${url}/product/documents`)
    await heading(copy.product.signedOut).waitFor()
    await page.getByRole('link', { name: copy.product.signUp }).click()
    await heading(titleOf('account')).waitFor()
  })

  test('nothing is kept in the browser but counts and the choice of consent', async () => {
    await goTo(page, url, 'confirm')
    const kept = await page.evaluate(() => ({ ...localStorage, ...sessionStorage }))
    expect(Object.keys(kept)).toEqual(['cx-metrics:signup-web'])
    const text = JSON.stringify([kept, await page.evaluate(() => history.state)])
    for (const secret of ['Ada', 'example.com', 'Engines', 'walk'])
      expect(text).not.toContain(secret)
    expect(await page.evaluate(() => document.cookie)).toBe('')
  })

  test('a tracker is asked for, and nothing of it is loaded before', async () => {
    const tracked = await app.serve({
      DD_APPLICATION_ID: '00000000-0000-4000-8000-000000000000',
      DD_CLIENT_TOKEN: 'pub00000000000000000000000000000000',
      SENTRY_DSN: 'https://public@sentry.invalid/1',
    })
    const asked: string[] = []
    context.on('request', (request) => asked.push(request.url()))
    await page.goto(`${tracked}/signup/account`)
    await page.getByRole('region', { name: copy.consent.label }).waitFor()
    await fill(page, 'account', newPerson())
    await submit(page)
    await heading(titleOf('company')).waitFor()
    const before = asked.filter((each) =>
      /\/(esm|rum|sentry-tracker)-|cx\/rum|sentry\.invalid/.test(each),
    )
    expect(before).toEqual([])
    await page.getByRole('button', { name: copy.consent.deny }).click()
    await page.reload()
    await heading(titleOf('company')).waitFor()
    expect(await page.getByRole('region', { name: copy.consent.label }).count()).toBe(0)
    expect(asked.filter((each) => /cx\/rum|sentry\.invalid/.test(each))).toEqual([])
  })
})
