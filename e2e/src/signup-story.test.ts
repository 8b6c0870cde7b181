import { buildDashboards } from 'cx-dashboards'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import set from 'sample-catalog/dashboards'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  onTestFinished,
  test,
} from 'vitest'
import { chromiumArguments, findChromium, howToGetChromium } from '../../scripts/stack/chromium.ts'
import { startFaultlessService, startSignup } from './own-signup.ts'
import { query } from './prometheus.ts'
import { fillStep, openStep, sendForm } from './signup-person.ts'
import { startStandInDatadog } from './stand-in-datadog.ts'

const executablePath = findChromium()
if (!executablePath) console.log(howToGetChromium)

const datadog = {
  DD_APPLICATION_ID: '00000000-0000-4000-8000-000000000000',
  DD_CLIENT_TOKEN: 'pub00000000000000000000000000000000',
}
const patience = { timeout: 60_000 }

interface Action {
  readonly type: string
  readonly target: { readonly name: string }
}

/** The story that began it: who opened the second step directly could fill in a form that could not be sent. */
describe.skipIf(!executablePath)('opening step two directly (skipped without Chromium)', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const events: Record<string, unknown>[] = []

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: chromiumArguments,
    })
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    events.length = 0
    context = await browser.newContext()
    context.on('request', (request) => {
      if (request.url().endsWith('/cx/beacon')) events.push(...request.postDataJSON().events)
    })
    page = await context.newPage()
  })
  afterEach(() => context.close())

  const counted = async (selector: string): Promise<number> => {
    // A busy machine misses a scrape, and what was scraped before is then stale.
    const [sum] = await query(`sum(last_over_time(${selector}[1m]))`)
    return Number(sum?.value[1] ?? 0)
  }
  const growthsErrors = () => counted('cx_errors_total{app="signup-web",owner="growth"}')
  const failedCompanies = () =>
    counted('cx_journey_steps_total{journey="self-signup",step="company",event="failed"}')

  /** On the dashboard, as a person sees it. */
  const showsErrorsOf = async (owner: string) => {
    const preview = await browser.newPage({ viewport: { width: 1500, height: 3000 } })
    await preview.goto(`${inject('urls').preview}/d/cx-feature-self-signup?from=now-5m&to=now`)
    const panel = preview.getByTestId('panel-Errors by owner')
    await panel.getByText(owner, { exact: true }).first().waitFor({ timeout: 60_000 })
    await preview.close()
  }

  /** What the owner's name on the dashboard leads to in Datadog, for the time that the dashboard shows. */
  const termsOfLink = (owner: string): string[] => {
    const dashboards = buildDashboards({ ...set, datadog: { site: 'datadoghq.com' } })
    const { json } = dashboards.find(({ uid }) => uid === 'cx-feature-self-signup')!
    const [link] = /https:[^"]*%40context\.team[^"]*/.exec(JSON.stringify(json)) ?? ['']
    const values: Record<string, string> = {
      '__value.raw': owner,
      environment: 'development',
      __from: '1',
      __to: '2',
    }
    const url = new URL(link.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => values[name] ?? ''))
    expect(url.origin + url.pathname).toBe('https://app.datadoghq.com/rum/sessions')
    expect(url.searchParams.get('from_ts')).toBe('1')
    expect(url.searchParams.get('to_ts')).toBe('2')
    return (url.searchParams.get('query') as string).match(/[^\s(]+(?:\([^)]*\))?/g) as string[]
  }

  /** The sample service fails now and then, on purpose; not here. */
  const faultlessSignup = async (env: Record<string, string> = {}) => {
    const service = await startFaultlessService()
    onTestFinished(() => service.stop())
    const signup = await startSignup(service.url, env)
    onTestFinished(() => signup.stop())
    return signup
  }

  test('leads to step one with a friendly word, and nothing fails', async () => {
    const signup = await faultlessSignup()
    await page.goto(`${signup.url}/signup/company`)
    await page.waitForURL('**/signup/account')
    await page.locator('#step-title').waitFor()
    expect(await page.getByRole('status').textContent()).toContain('Let us begin here')
    await fillStep(page, 'account')
    await sendForm(page)
    await fillStep(page, 'company')
    await sendForm(page)
    await page.waitForURL('**/signup/password')
    await expect
      .poll(() => events.filter(({ event }) => event === 'completed').length, patience)
      .toBe(2)
    expect(events.filter(({ event, type }) => event === 'failed' || type === 'error')).toEqual([])
  })

  test('without the guard it fails, and is counted under the owner, to be found in a session', async () => {
    const vendor = await startStandInDatadog()
    onTestFinished(() => vendor.close())
    const signup = await startSignup(inject('urls').service, {
      ...datadog,
      DD_UPSTREAM: vendor.url,
      SIGNUP_GUARD: 'off',
    })
    onTestFinished(() => signup.stop())
    const before = { errors: await growthsErrors(), failed: await failedCompanies() }

    await page.goto(`${signup.url}/signup/company`)
    await page.getByRole('button', { name: 'Yes, that is fine' }).click()
    await expect.poll(() => vendor.events.length, patience).toBeGreaterThan(0)
    await fillStep(page, 'company')
    await sendForm(page)
    await page.getByRole('alert').getByText('Something unexpected happened').waitFor()

    // What is still to be told is told when the page goes away.
    await page.goto('about:blank')
    await expect.poll(growthsErrors, patience).toBe(before.errors + 1)
    await expect.poll(failedCompanies, patience).toBe(before.failed + 1)

    const errors = () => vendor.events.filter(({ type }) => type === 'error')
    await expect.poll(errors, patience).toHaveLength(1)
    const [error] = errors()
    expect(error).toMatchObject({
      service: 'signup-web',
      application: { id: datadog.DD_APPLICATION_ID },
      error: { message: 'a step was sent before those that it needs' },
      context: {
        team: 'growth',
        feature: 'self-signup',
        app: 'signup-web',
        source: 'reported',
        suppressed: 0,
      },
    })
    const sessionId = error?.session?.id
    expect(sessionId).toMatch(/^[\da-f-]{36}$/)
    expect(error?.context?.['replay_url']).toContain(`/rum/replay/sessions/${sessionId}`)
    expect(vendor.bodies.join('\n')).not.toContain('Analytical')

    await showsErrorsOf('growth')
    expect(termsOfLink('growth')).toEqual([
      `@type:${error?.type}`,
      expect.stringMatching(new RegExp(`^service:\\(.*\\b${error?.service}\\b.*\\)$`)),
      expect.stringMatching(/^env:development$/),
      `@context.team:${String(error?.context?.['team'])}`,
    ])
    expect(String(error?.['ddtags'])).toContain('env:development')
  }, 180_000)

  test('the trackers’ consent and the product’s events stay the product’s own', async () => {
    const vendor = await startStandInDatadog()
    onTestFinished(() => vendor.close())
    const signup = await faultlessSignup({ ...datadog, DD_UPSTREAM: vendor.url })
    const toApi: Record<string, string>[] = []
    page.on('request', (request) => {
      if (request.url().startsWith(`${signup.url}/api/`)) toApi.push(request.headers())
    })
    await page.goto(`${signup.url}/signup/account`)
    await page.getByRole('button', { name: 'Yes, that is fine' }).click()
    // What waits for a tracker that is still loaded is lost with its page.
    await expect.poll(() => vendor.events.length, patience).toBeGreaterThan(0)
    await openStep(page, signup.url, 'confirm')
    await page.route('**/api/documents/', (route) => route.abort())
    await sendForm(page)
    await page.waitForURL('**/product/documents')
    await page.getByRole('alert').waitFor()
    // The page stays: its tracker has only begun to load, and sends twice a minute.
    const errors = () => vendor.events.filter(({ type }) => type === 'error')
    await expect.poll(errors, patience).toHaveLength(1)
    expect(errors()[0]).toMatchObject({
      service: 'product-web',
      context: { team: 'platform', feature: 'documents', app: 'product-web' },
    })
    // Datadog's funnel is made of the very steps that are counted.
    const actions = () =>
      vendor.events.flatMap(({ action, type }) =>
        type === 'action' && (action as Action).type === 'custom'
          ? [(action as Action).target.name]
          : [],
      )
    await expect
      .poll(() => actions().toSorted(), patience)
      .toEqual([
        'first-session: documents entered',
        'first-session: documents failed',
        ...['account', 'company', 'confirm', 'password'].flatMap((step) => [
          `self-signup: ${step} completed`,
          `self-signup: ${step} entered`,
        ]),
      ])
    // From a request in a session to what the service did: the trace is in both, and nobody is in it.
    const traces = vendor.events.flatMap(({ _dd, type }) => {
      const id: unknown = type === 'resource' ? Reflect.get(_dd ?? {}, 'trace_id') : undefined
      // Datadog writes the number that W3C's header has as 32 digits.
      return id === undefined ? [] : [BigInt(String(id)).toString(16).padStart(32, '0')]
    })
    expect(traces).not.toEqual([])
    expect(toApi.map(({ traceparent }) => traceparent?.split('-')[1])).toEqual(
      expect.arrayContaining(traces),
    )
    expect(toApi.filter(({ baggage }) => baggage)).toEqual([])
    const services = new Set(vendor.events.map(({ service }) => service))
    expect([...services].toSorted()).toEqual(['product-web', 'signup-web'])
    for (const typed of ['Ada', 'Lovelace', 'example.com', 'Analytical', 'long walk'])
      expect(vendor.bodies.join('\n')).not.toContain(typed)
  }, 180_000)
})
