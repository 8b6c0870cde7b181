import { type Browser, type BrowserContext, chromium, type Page, type Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { copy } from '../src/copy.ts'
import { executablePath, launchOptions, type RunningApp, startApp } from './running-app.ts'
import {
  fill,
  goTo,
  newPerson,
  type Person,
  type Step,
  steps,
  submit,
  titleOf,
} from './signup-pages.ts'

const patienceMilliseconds = 10_000

describe.skipIf(!executablePath)('bad input (skipped without Chromium)', () => {
  let app: RunningApp
  let url: string
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

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
    context = await browser.newContext()
    context.on('weberror', (error) => complaints.push(error.error().message))
    page = await context.newPage()
  })
  afterEach(async () => {
    await context.close()
    expect(complaints).toEqual([])
  })

  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
  const posts = () => {
    const seen: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/api/'))
        seen.push(new URL(request.url()).pathname)
    })
    return seen
  }

  const filledIn = (step: Step): Promise<string[]> =>
    step === 'confirm'
      ? page.locator('dd').allTextContents()
      : page
          .locator('.field :is(input, select)')
          .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))

  /** Walks through all steps; each is sent first while something is wrong, and then again. */
  const failAtEachStep = async (
    failure: keyof typeof copy.failures,
    break_: () => Promise<() => Promise<unknown>>,
    whileSending: () => Promise<unknown> = async () => {},
  ) => {
    const person = newPerson()
    await page.goto(`${url}/signup/account`)
    for (const step of steps) {
      await fill(page, step, person)
      const before = await filledIn(step)
      const mend = await break_()
      await submit(page)
      await whileSending()
      await page.getByRole('alert').getByText(copy.failures[failure]).waitFor()
      expect(await filledIn(step), step).toEqual(before)
      await mend()
      await submit(page)
    }
    await heading(copy.product.documents)
  }

  const whileApi = (answer: (route: Route) => Promise<unknown>) => async () => {
    const pattern = '**/api/signup/*'
    await page.route(pattern, answer)
    return () => page.unroute(pattern)
  }

  test('offline at each step: a clear word, nothing lost, and the next try works', async () => {
    await failAtEachStep('offline', async () => {
      await context.setOffline(true)
      return () => context.setOffline(false)
    })
  }, 60_000)

  test('a 500 at each step: a clear word, nothing lost, and the next try works', async () => {
    await failAtEachStep(
      'server',
      whileApi((route) => route.fulfill({ status: 500, body: 'no' })),
    )
  }, 60_000)

  test('no answer at each step: a clear word, nothing lost, and the next try works', async () => {
    await page.clock.install()
    const held: Route[] = []
    await failAtEachStep(
      'timeout',
      whileApi(async (route) => void held.push(route)),
      async () => {
        await page.getByRole('button', { name: copy.signup.sending }).waitFor()
        await page.clock.fastForward(patienceMilliseconds + 1)
      },
    )
  }, 60_000)

  test('a page of a proxy instead of an answer is a failure of ours, not the person’s', async () => {
    await failAtEachStep(
      'server',
      whileApi((route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<p>' })),
    )
  }, 60_000)

  test('a step that cannot be loaded says so, and the next try shows it', async () => {
    await page.route('**/api/signup', (route) => route.abort())
    await page.goto(`${url}/signup/account`)
    await heading(copy.signup.loadFailed)
    await page.unroute('**/api/signup')
    await page.getByRole('button', { name: copy.retry }).click()
    await heading(titleOf('account'))
  })

  test('documents that cannot be loaded say so, and the next try shows them', async () => {
    await goTo(page, url, 'confirm')
    await page.route('**/api/documents/', (route) => route.fulfill({ status: 503 }))
    await submit(page)
    await heading(copy.product.documentsFailed)
    await page.unroute('**/api/documents/')
    await page.getByRole('button', { name: copy.retry }).click()
    await heading(copy.product.documents)
  })

  test('two clicks and Enter send a step once, at the same time and while it is under way', async () => {
    const sent = posts()
    const person = newPerson()
    await page.goto(`${url}/signup/account`)
    for (const step of steps) {
      const arrived = Promise.withResolvers<Route>()
      await page.route(`**/api/signup/${step}`, (route) => arrived.resolve(route))
      await fill(page, step, person)
      const again = () =>
        page.locator('button[type=submit]').evaluate((button: HTMLButtonElement) => {
          button.click()
          button.click()
          button.form?.requestSubmit()
        })
      await again()
      const route = await arrived.promise
      await again()
      await route.continue()
    }
    await heading(copy.product.documents)
    expect(sent).toEqual([...steps.map((step) => `/api/signup/${step}`), '/api/account/welcomed'])
  })

  test('back and forward keep what was given, and end where they should', async () => {
    const person = newPerson()
    await goTo(page, url, 'password', person)
    await page.goBack()
    await heading(titleOf('company'))
    expect(await filledIn('company')).toEqual([person.company, person.size])
    await page.goBack()
    await heading(titleOf('account'))
    expect(await filledIn('account')).toEqual([person.name, person.email])
    await page.goForward()
    await page.goForward()
    await fill(page, 'password', person)
    await submit(page)
    await heading(titleOf('confirm'))
    await submit(page)
    await heading(copy.product.documents)
    await page.goBack()
    await page.waitForURL('**/product/documents')
    await heading(copy.product.documents)
  })

  test('two tabs work on the same signup', async () => {
    const person = newPerson()
    await goTo(page, url, 'password', person)
    const other = await context.newPage()
    await other.goto(`${url}/signup/confirm`)
    await other.getByText(copy.signup.notices.password).waitFor()
    await fill(other, 'password', person)
    await submit(other)
    await fill(other, 'confirm', person)
    await submit(other)
    await other.getByRole('heading', { level: 1, name: copy.product.documents }).waitFor()
    // The first tab still shows a form that has long been sent.
    await fill(page, 'password', person)
    await submit(page)
    await page.waitForURL('**/product/documents')
    await heading(copy.product.documents)
  })

  test('another signup in another tab leads the first one back, without an error', async () => {
    await goTo(page, url, 'password')
    await context.clearCookies()
    await fill(page, 'password', newPerson())
    await submit(page)
    await heading(titleOf('account'))
    await page.getByText(copy.signup.notices.account).waitFor()
  })

  test('a signup that the service has forgotten begins again, and says why', async () => {
    await goTo(page, url, 'password')
    const [cookie] = await context.cookies(`${url}/api/signup`)
    await context.addCookies([{ ...cookie!, value: 'forgotten' }])
    await fill(page, 'password', newPerson())
    await submit(page)
    await heading(titleOf('account'))
    await page.getByText(copy.signup.notices.expired).waitFor()
  })

  test('a reload while a step is sent loses nothing', async () => {
    const person = newPerson()
    await goTo(page, url, 'company', person)
    const release = Promise.withResolvers<void>()
    await page.route('**/api/signup/company', async (route) => {
      // The service gets it; the page that asked is gone by then.
      await route.fetch()
      release.resolve()
    })
    await fill(page, 'company', person)
    await submit(page)
    await release.promise
    await page.reload()
    await heading(titleOf('company'))
    expect(await filledIn('company')).toEqual([person.company, person.size])
    await page.unroute('**/api/signup/company')
    await submit(page)
    await heading(titleOf('password'))
  })

  const shownAs = async (person: Person) => {
    await goTo(page, url, 'confirm', person)
    expect((await page.locator('dd').allTextContents())[0]).toBe(person.name)
    await submit(page)
    await heading(copy.product.documents)
    expect(await page.locator('.who bdi').allTextContents()).toEqual([person.name, person.company])
  }

  test('a script in every field is text like any other', async () => {
    const script = '<img src=x onerror=alert(1)><script>alert(1)</script>'
    page.on('dialog', (dialog) => complaints.push(dialog.message()))
    const person = {
      ...newPerson(),
      name: script,
      company: script,
      password: '<script>alert(1)</script> pass',
    }
    await shownAs(person)
    await page.goto(`${url}/signup/account`)
    await heading(titleOf('account'))
    await page.locator('#name').fill(script)
    await page.locator('#email').fill(script)
    await submit(page)
    await page.getByRole('link', { name: copy.problems.email.malformed }).waitFor()
    await page.goto(
      `${url}/signup/${encodeURIComponent(script)}?name=${encodeURIComponent(script)}`,
    )
    await heading(copy.notFound.title)
  }, 30_000)

  test('emoji and right-to-left text are names, and each reads in its direction', async () => {
    await shownAs({ ...newPerson(), name: '👩🏽‍🚀 Ada', company: '🚀' })
    await context.clearCookies()
    await shownAs({
      ...newPerson(),
      name: 'עדה לאבלייס',
      company: 'شركة المحركات',
      password: 'סיסמה ארוכה מאוד',
    })
    expect(
      await page
        .locator('.who bdi')
        .first()
        .evaluate((bdi) => getComputedStyle(bdi).direction),
    ).toBe('rtl')
  }, 30_000)

  test('a name of a megabyte is told to be too long, at once and without being sent', async () => {
    const sent = posts()
    await page.goto(`${url}/signup/account`)
    await heading(titleOf('account'))
    await page.locator('#name').evaluate((input: HTMLInputElement) => {
      input.value = 'a'.repeat(1024 * 1024)
    })
    await page.locator('#email').fill(newPerson().email)
    await submit(page)
    await page.getByRole('link', { name: copy.problems.name['too-long'] }).waitFor()
    expect(sent).toEqual([])
  })

  test('what a browser fills in by itself, without a key or an event, is taken', async () => {
    const person = newPerson()
    await page.goto(`${url}/signup/account`)
    await heading(titleOf('account'))
    expect(
      await page
        .locator('input')
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).autocomplete)),
    ).toEqual(['name', 'email'])
    await page.evaluate(({ email, name }) => {
      document.querySelector<HTMLInputElement>('#name')!.value = name
      document.querySelector<HTMLInputElement>('#email')!.value = email
    }, person)
    await submit(page)
    await heading(titleOf('company'))
    expect(await page.locator('#company').getAttribute('autocomplete')).toBe('organization')
  })

  test('without storage, and without sendBeacon, the signup works and is counted', async () => {
    await context.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('denied', 'SecurityError')
      }
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get: refuse })
      Object.defineProperty(Navigator.prototype, 'sendBeacon', { value: undefined })
    })
    const counted = page.waitForRequest('**/cx/beacon')
    await goTo(page, url, 'confirm')
    await submit(page)
    await heading(copy.product.documents)
    expect((await counted).postDataJSON().events.length).toBeGreaterThan(0)
  })

  test('without cookies it says what it needs', async () => {
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'cookieEnabled', { value: false })
    })
    await page.goto(`${url}/signup/account`)
    await page.getByText(copy.signup.notices.cookies).waitFor()
  })

  test('with trackers that are blocked, and no worker allowed, the signup works', async () => {
    const tracked = await app.serve({
      DD_APPLICATION_ID: '00000000-0000-4000-8000-000000000000',
      DD_CLIENT_TOKEN: 'pub00000000000000000000000000000000',
      SENTRY_DSN: 'https://public@sentry.invalid/1',
    })
    const blocked: string[] = []
    const block = (route: Route) => {
      blocked.push(route.request().url())
      return route.abort('blockedbyclient')
    }
    await context.route(/\/cx\/rum|sentry\.invalid|assets\/sentry-tracker/, block)
    await context.route('**/*', async (route) => {
      if (route.request().resourceType() !== 'document') return route.fallback()
      const response = await route.fetch()
      const headers = { ...response.headers() }
      headers['content-security-policy'] = headers['content-security-policy']!.replace(
        'worker-src blob:',
        "worker-src 'none'",
      )
      return route.fulfill({ response, headers })
    })
    await page.goto(`${tracked}/signup/account`)
    await page.getByRole('button', { name: copy.consent.grant }).click()
    await goTo(page, tracked, 'confirm')
    await submit(page)
    await heading(copy.product.documents)
    await expect.poll(() => blocked.length, { timeout: 15_000 }).toBeGreaterThan(0)
  }, 60_000)
})
