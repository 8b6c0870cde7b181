import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumArguments, findChromium, howToGetChromium } from '../../scripts/stack/chromium.ts'
import { type OwnSignup, startFaultlessService, startSignup } from './own-signup.ts'
import { fillStep, openStep, sendForm } from './signup-person.ts'

const executablePath = findChromium()
if (!executablePath) console.log(howToGetChromium)

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

describe.skipIf(!executablePath)('axe on every page and state (skipped without Chromium)', () => {
  const parts: OwnSignup[] = []
  let url: string
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    parts.push(await startFaultlessService())
    const tracker = { SENTRY_DSN: 'https://public@sentry.invalid/1' }
    parts.push(await startSignup(parts[0]!.url, tracker))
    url = parts[1]!.url
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: chromiumArguments,
    })
  })
  afterAll(async () => {
    await browser?.close()
    for (const part of parts.toReversed()) await part.stop()
  })
  beforeEach(async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    page = await context.newPage()
  })
  afterEach(() => page.context().close())

  const expectNoViolations = async (state: string) => {
    const { passes, violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    )
    expect(found, state).toEqual([])
    expect(passes.length, state).toBeGreaterThan(10)
  }
  const alert = () => page.getByRole('alert').waitFor()
  const failing = (pattern: string) => page.route(pattern, (route) => route.abort())

  test.each([
    ['on a screen', { width: 1280, height: 800 }],
    ['on a phone', { width: 360, height: 640 }],
  ])(
    'the steps of the signup, %s',
    async (_where, size) => {
      await page.setViewportSize(size)
      await page.goto(`${url}/signup/company`)
      await page.locator('#step-title').waitFor()
      await expectNoViolations('a word why, and the question for consent')
      await sendForm(page)
      await alert()
      await expectNoViolations('account with problems')
      for (const step of ['company', 'password'] as const) {
        await openStep(page, url, step)
        await expectNoViolations(step)
        await sendForm(page)
        await alert()
        await expectNoViolations(`${step} with problems`)
        await page.context().clearCookies()
      }
      await openStep(page, url, 'password')
      await page.locator('.reveal').click()
      await expectNoViolations('password shown')
      await fillStep(page, 'password')
      await failing('**/api/signup/password')
      await sendForm(page)
      await alert()
      await expectNoViolations('password not sent')
      await page.unroute('**/api/signup/password')
      await sendForm(page)
      await page.waitForURL('**/signup/confirm')
      await page.locator('#step-title').waitFor()
      await expectNoViolations('confirm')
    },
    120_000,
  )

  test('what cannot be shown, and what is not there', async () => {
    await page.goto(`${url}/signup/nothing`)
    await page.locator(':is(.message, .documents)').first().waitFor()
    await expectNoViolations('not found')
    const held = Promise.withResolvers<void>()
    await page.route('**/api/signup', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.goto(`${url}/signup/account`)
    await page.getByRole('status').waitFor()
    await expectNoViolations('a step that is loading')
    held.resolve()
    await page.locator('#step-title').waitFor()
    await page.unroute('**/api/signup')
    await failing('**/api/signup')
    await page.goto(`${url}/signup/account`)
    await alert()
    await expectNoViolations('a step that cannot be loaded')
    await page.goto(`${url}/product/documents`)
    await page.locator(':is(.message, .documents)').first().waitFor()
    await expectNoViolations('nobody is signed in')
  }, 60_000)

  test('the product', async () => {
    await openStep(page, url, 'confirm')
    await sendForm(page)
    await page.waitForURL('**/product/documents')
    await page.locator(':is(.message, .documents)').first().waitFor()
    await expectNoViolations('the first documents')
    await page.locator('a[href="/product/settings"]').click()
    await page.locator('#current').waitFor()
    await expectNoViolations('settings')
    await sendForm(page)
    await alert()
    await expectNoViolations('settings with problems')
    await page.locator('#current').fill('a long walk by the sea')
    await page.locator('#password').fill('another walk by the sea')
    await sendForm(page)
    await page.getByRole('status').waitFor()
    await expectNoViolations('the password is changed')
    await failing('**/api/documents/')
    await page.goto(`${url}/product/documents`)
    await alert()
    await expectNoViolations('documents that cannot be loaded')
  }, 60_000)
})
