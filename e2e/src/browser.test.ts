import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { chromiumArguments, findChromium, howToGetChromium } from '../../scripts/stack/chromium.ts'

const executablePath = findChromium()
if (!executablePath) console.log(howToGetChromium)

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

  // Fixed, so that what a link keeps can be compared; to the end of the bar of 30 s that is being drawn, or there
  // might be none yet.
  const to = Math.ceil(Date.now() / 30_000) * 30_000
  const range = { from: String(to - 5 * 60_000), to: String(to) }

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
    expect(states.filter((state) => !state.endsWith(': done'))).toEqual([])
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

  test('a missed target is red, a kept one green', async () => {
    await open('/d/cx-customer')
    await page.goto(
      `${inject('urls').preview}/d/cx-customer?${new URLSearchParams({ ...range, 'var-customer': 'fabrikam' })}`,
    )
    await settled()
    const colours = await page
      .getByTestId('panel-API endpoints')
      .locator('[role="gridcell"], [role="cell"]')
      .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).backgroundColor))
    // The house's colour for what is bad, #D55E00.
    expect(colours).toContain('rgb(213, 94, 0)')
  })

  test('a feature’s dashboard is a click away, has data in every panel, and a click leads back', async () => {
    await open('/d/cx-overview')
    await page.getByRole('link', { name: 'Feature: Self-signup' }).click()
    await page.waitForURL(/\/d\/cx-self-signup/)
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

  test('the funnel narrows from step to step, and ends in who finished', async () => {
    await open('/d/cx-self-signup')
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
    await page.getByTestId('dashboard-cx-self-signup').waitFor()
    await page.getByTestId('dashboard-cx-documents').waitFor()
  })
})
