import type { Browser, Page } from 'playwright-core'
import {
  answersOf,
  type JourneyPlan,
  type JourneyResult,
  journeySteps,
  type JourneyStep,
} from './journey-plan.ts'

const timeoutMilliseconds = 20_000
/** People do not wait for the machine; what they do takes a moment all the same. */
const pauseMilliseconds = 400

/** A journey in a window of its own, with the cookies and the storage of nobody else. */
export const journeyByBrowser = async (
  browser: Browser,
  baseUrl: string,
  plan: JourneyPlan,
): Promise<JourneyResult> => {
  const context = await browser.newContext()
  context.setDefaultTimeout(timeoutMilliseconds)
  try {
    const page = await context.newPage()
    const result = await signUp(page, baseUrl, plan)
    if (result.completed) await firstSession(page, plan)
    // What is still to be told is sent when a page is hidden.
    await page.goto('about:blank')
    await page.waitForTimeout(pauseMilliseconds)
    return result
  } finally {
    await context.close()
  }
}

const signUp = async (page: Page, baseUrl: string, plan: JourneyPlan): Promise<JourneyResult> => {
  const answers = answersOf(plan)
  let failures = 0
  await page.goto(`${baseUrl}/signup/account`)
  for (const step of journeySteps) {
    await page.locator(`h1#step-title`).waitFor()
    const ended = (completed: boolean) => ({ completed, failures })
    await page.waitForTimeout(pauseMilliseconds)
    if (step === plan.leavesAt) return ended(false)
    await fill(page, answers[step])
    if (plan.failsAt === step) {
      failures += 1
      await failing(page, `**/api/signup/${step}`, () => send(page))
      if (!plan.triesAgain) return ended(false)
    }
    await send(page)
    if (!(await wentOn(page, step))) {
      failures += 1
      await send(page)
      if (!(await wentOn(page, step))) return ended(false)
    }
  }
  return { completed: true, failures }
}

const firstSession = async (page: Page, plan: JourneyPlan): Promise<void> => {
  if (plan.documentsFail) {
    await failing(page, '**/api/documents/', async () => {
      await page.reload()
      await page.locator('.message.bad').waitFor()
    })
  }
  await page.locator('.documents, .message.bad').waitFor()
  if (plan.passwordChange === 'none') return
  await page.locator('a[href="/product/settings"]').click()
  const { password } = answersOf(plan).password
  await fill(page, { current: password, password: `${password} again` })
  if (plan.passwordChange === 'sent') await send(page)
  else await failing(page, '**/api/account/password', () => send(page))
}

/** By name, as the pages' fields are called. */
const fill = async (page: Page, values: Readonly<Record<string, string>>): Promise<void> => {
  for (const [field, value] of Object.entries(values)) {
    const input = page.locator(`#${field}`)
    if (field === 'size') await input.selectOption(value)
    else await input.fill(value)
  }
}

/** Sends the form, and waits until that has come to an end. */
const send = async (page: Page): Promise<void> => {
  const answered = page.waitForEvent('requestfinished').catch(() => undefined)
  const failed = page.waitForEvent('requestfailed').catch(() => undefined)
  await page.locator('button[type=submit]').click()
  await Promise.race([answered, failed])
}

/** What the page asks of this address meanwhile does not arrive. */
const failing = async (page: Page, pattern: string, work: () => Promise<void>): Promise<void> => {
  await page.route(pattern, (route) => route.abort('connectionreset'))
  await work()
  await page.unroute(pattern)
}

/** To the next step, or into the product; false where an error is shown instead. */
const wentOn = async (page: Page, step: JourneyStep): Promise<boolean> => {
  const on = page.waitForURL((url) => !url.pathname.endsWith(`/${step}`)).then(() => true)
  const stayed = page
    .locator('.message.bad')
    .waitFor()
    .then(() => false)
  // Whichever comes second has nobody to tell when the page is closed.
  for (const either of [on, stayed]) either.catch(() => {})
  return Promise.race([on, stayed])
}
