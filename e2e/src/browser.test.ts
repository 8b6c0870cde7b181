import { type Browser, chromium, type Page } from 'playwright-core'
import catalog from 'sample-catalog/catalog'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { chromiumArguments, findChromium, howToGetChromium } from '../../scripts/stack/chromium.ts'
import { query } from './prometheus.ts'
import { slowRules, stillEmpty } from './slow-rules.ts'

const executablePath = findChromium()
if (!executablePath) console.log(howToGetChromium)

const budgets = catalog.objectives.map(
  ({ name }) => `slo:period_error_budget_remaining:ratio{objective="${name}"}`,
)

/** The house's colour for what is bad, #D55E00. */
const bad = 'rgb(213, 94, 0)'

describe.skipIf(!executablePath)('in a browser (skipped without Chromium)', () => {
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: chromiumArguments,
    })
  })
  afterAll(() => browser.close())

  beforeEach(async () => {
    complaints.length = 0
    page = await browser.newPage({ viewport: { width: 1500, height: 2200 } })
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on(
      'response',
      (response) =>
        response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`),
    )
  })
  afterEach(() => page.close())

  // Fixed, so that what a link keeps can be compared; to the end of the bar that is being drawn, or there might be none
  // yet; and from before the traffic, which a busy machine needs minutes for.
  let range = { from: '', to: '' }
  beforeAll(async () => {
    expect(await stillEmpty(budgets, async (name) => (await query(name)).length === 0)).toEqual([])
    const to = Math.ceil(Date.now() / 60_000) * 60_000
    range = { from: String(to - 15 * 60_000), to: String(to) }
  }, slowRules.timeout)

  const open = async (path: string) => {
    await page.goto(`${inject('urls').preview}${path}?${new URLSearchParams(range)}`)
    await settled()
  }
  const settled = async () => {
    await page.waitForSelector('[data-testid^="panel-"]')
    await page.waitForFunction(() => {
      const states = [...document.querySelectorAll('[data-testid^="panel-"]')].map((panel) =>
        panel.getAttribute('data-state'),
      )
      return states.length > 10 && !states.includes('loading')
    })
  }
  const panelStates = () =>
    page.$$eval('[data-testid^="panel-"]', (panels) =>
      panels.map(
        (panel) => `${panel.getAttribute('data-testid')}: ${panel.getAttribute('data-state')}`,
      ),
    )
  const heading = () => page.title()
  const parameters = () => Object.fromEntries(new URL(page.url()).searchParams)
  const impacted = () => page.getByTestId('panel-Impacted customers')

  test('the overview has data in every panel', async () => {
    await open('/d/cx-overview')
    const states = await panelStates()
    expect(states.length).toBeGreaterThan(15)
    // An alert takes minutes to fire.
    const others = states.filter((state) => !state.startsWith('panel-Firing alerts: '))
    expect(others.filter((state) => !state.endsWith(': done'))).toEqual([])
    expect(await page.getByTestId('panel-Firing alerts').textContent()).toMatch(
      /Nothing fires|Ticket|Page/,
    )
    expect(complaints).toEqual([])
  })

  test('the impacted customers are both there, worst first', async () => {
    await open('/d/cx-overview')
    const links = await impacted().getByRole('link').allTextContents()
    // Another test's customer may be there as well, and signups, which are nobody's yet.
    expect(links.filter((name) => name !== 'quiet' && name !== 'none')).toEqual([
      'fabrikam',
      'contoso',
    ])
  })

  test('a click on a customer opens its dashboard for the same time, and a click leads back', async () => {
    await open('/d/cx-overview')
    await impacted().getByRole('link', { name: 'fabrikam' }).click()
    await page.waitForURL(/\/d\/cx-customer/)
    await settled()
    expect(await heading()).toContain('CX Customer')
    expect(parameters()).toMatchObject({
      ...range,
      'var-customer': 'fabrikam',
      'var-environment': 'development',
    })
    expect((await panelStates()).filter((state) => !state.endsWith(': done'))).toEqual([])

    await page.getByRole('link', { name: 'Zoom out' }).click()
    await page.waitForURL(/\/d\/cx-overview/)
    await settled()
    expect(await heading()).toContain('CX Overview')
    expect(parameters()).toMatchObject({ ...range, 'var-environment': 'development' })
    expect(complaints).toEqual([])
  })

  test('what burns a customer’s budget is red', async () => {
    await open('/d/cx-customer')
    await page.goto(
      `${inject('urls').preview}/d/cx-customer?${new URLSearchParams({ ...range, 'var-customer': 'fabrikam' })}`,
    )
    await settled()
    const colours = await page
      .getByTestId('panel-Objectives')
      .locator('[role="gridcell"], [role="cell"]')
      .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).backgroundColor))
    expect(colours).toContain(bad)
  })

  test('a feature’s dashboard is a click away, has data in every panel, and a click leads back', async () => {
    await open('/d/cx-overview')
    await page
      .getByTestId('panel-Objectives')
      .getByRole('link', { name: 'Self-signup', exact: true })
      .first()
      .click()
    await page.waitForURL(/\/d\/cx-feature-self-signup/)
    await settled()
    expect(parameters()).toMatchObject({ ...range, 'var-environment': 'development' })
    // Panels load when they come into view.
    await page.setViewportSize({ width: 1500, height: 4500 })
    await settled()
    const states = await panelStates()
    expect(states.length).toBeGreaterThan(30)
    expect(states.filter((state) => !state.endsWith(': done'))).toEqual([])
    await page.getByRole('link', { name: 'Zoom out' }).click()
    await page.waitForURL(/\/d\/cx-overview/)
    expect(complaints).toEqual([])
  })

  test('from a number that is red, over the customer and what was promised, to what to do', async () => {
    await open('/d/cx-overview')
    const number = page.getByTestId('panel-Failed requests').getByText(/^[\d,]+$/)
    expect(await number.evaluate((text) => getComputedStyle(text).color)).toBe(bad)
    await impacted().getByRole('link', { name: 'fabrikam' }).click()
    await page.waitForURL(/\/d\/cx-customer/)
    await settled()
    await page
      .getByTestId('panel-Objectives')
      .getByRole('link', { name: 'Documents are available' })
      .click()
    await page.waitForURL(/\/d\/cx-objective-documents-availability/)
    await settled()
    expect(parameters()).toMatchObject({ ...range, 'var-environment': 'development' })
    expect((await panelStates()).filter((state) => !state.endsWith(': done'))).toEqual([])
    await page.getByRole('link', { name: 'Runbook' }).click()
    await page.waitForURL(/\/runbooks\/documents-availability-burn\.md/)
    const runbook = page.getByTestId('runbook')
    expect(await runbook.getByRole('heading', { level: 1 }).innerText()).toContain(
      'Documents are available',
    )
    // The table of contents of a raw page would show these.
    expect(await runbook.innerText()).not.toMatch(/<!--|```|^#/m)
    await runbook.getByRole('link', { name: 'Documents are read in time' }).click()
    await page.waitForURL(/\/runbooks\/documents-read-latency-burn\.md/)
    await runbook.getByRole('heading', { name: /^Documents are read in time/ }).waitFor()
    await runbook.getByRole('link', { name: 'Run it' }).first().click()
    await page.waitForURL(/\/query\?expr=/)
    await page.getByTestId('query').getByTestId('query-result').waitFor()
  })

  test('the funnel narrows from step to step, and ends in who finished', async () => {
    await open('/d/cx-feature-self-signup')
    const text = await page.getByTestId('panel-Self-signup: funnel').innerText()
    const lines = text.split('\n').map((line) => line.trim())
    const counts = ['1 account', '2 company', '3 password', '4 confirm', 'Finished'].map((step) =>
      Number(lines[lines.indexOf(step) + 1]),
    )
    expect(counts[0], text).toBeGreaterThan(50)
    expect(counts, text).toEqual(counts.toSorted((a, b) => b - a))
    expect(counts.at(-1), text).toBeGreaterThan(10)
  })

  test('the home page lists the dashboards', async () => {
    await page.goto(inject('urls').preview)
    await page.getByTestId('dashboard-cx-overview').waitFor()
    await page.getByTestId('dashboard-cx-customer').waitFor()
    await page.getByTestId('dashboard-cx-feature-self-signup').waitFor()
    await page.getByTestId('dashboard-cx-objective-documents-availability').waitFor()
  })
})
