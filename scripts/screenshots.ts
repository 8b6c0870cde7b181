// Takes the pictures in docs/ from a running stack with two minutes of real traffic.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runTraffic } from 'load/embedded-runner'
import { runJourneys } from 'load/journeys'
import { chromium, type Page } from 'playwright-core'
import { cacheFolder, root } from './root.ts'
import { run } from './run.ts'
import { chromiumArguments, findChromium, howToGetChromium } from './stack/chromium.ts'
import { freePorts } from './stack/ports.ts'
import { showSignup } from './stack/signup-pages.ts'
import { startStack } from './stack/stack.ts'

const scrapeSeconds = 2
const trafficFactor = 0.4
/** By requests alone: in a browser they would take ten minutes. */
const journeys = 240
/** The rules of budgets are evaluated every two minutes, and what a new one shows needs two of them. */
const untilBudgets = 250_000

/** The dashboards, each with its name in docs/ and how much of it is shown, in pixels. */
const pictures = [
  ['cx-overview', 'overview', 1850],
  ['cx-customer', 'customer', 1450, { 'var-customer': 'fabrikam' }],
  ['cx-service-some-service', 'service', 1850],
  ['cx-objective-documents-availability', 'objective', 1500],
  ['cx-telemetry', 'telemetry', 920],
  ['cx-feature-self-signup', 'self-signup', 1850],
  ['cx-feature-self-signup', 'self-signup-whole', 4600],
] as const

const main = async (): Promise<void> => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(howToGetChromium)
  if (!run('nx', ['run-many', '-t', 'build', '--output-style=static']))
    throw new Error('the build failed')
  const folder = join(cacheFolder, 'screenshots')
  const stack = await startStack({ ports: await freePorts(), scrapeSeconds, folder, log: () => {} })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stack.stop().then(() => process.exit(1)))
  try {
    const from = Date.now()
    console.log('Traffic runs for two minutes …')
    const traffic = runTraffic({ baseUrl: stack.serviceUrl, factor: trafficFactor })
    const signups = runJourneys({ baseUrl: stack.signupUrl, count: journeys })
    await sleep(60_000)
    await breakForFabrikam(stack.serviceUrl)
    await Promise.all([traffic, signups])
    console.log('Until budgets are recorded, four more …')
    await Promise.all([
      sleep(untilBudgets),
      runTraffic({ baseUrl: stack.serviceUrl, factor: 0.8 }),
      runJourneys({ baseUrl: stack.signupUrl, count: journeys }),
    ])
    const range = new URLSearchParams({
      from: String(from),
      to: String(Date.now()),
      theme: 'dark',
    })
    const browser = await chromium.launch({ executablePath, args: chromiumArguments })
    const page = await browser.newPage()
    for (const [uid, name, height, variables] of pictures) {
      const parameters = new URLSearchParams({ ...Object.fromEntries(range), ...variables })
      await page.setViewportSize({ width: 1500, height })
      await page.goto(`${stack.previewUrl}/d/${uid}?${parameters}`)
      await take(page, name)
    }
    await showSignup(browser, stack.signupUrl, save)
    await browser.close()
  } finally {
    await stack.stop()
  }
}

const breakForFabrikam = async (serviceUrl: string): Promise<void> => {
  const body = JSON.stringify({ mode: 'errors', customer: 'fabrikam', share: 0.05 })
  await fetch(`${serviceUrl}/breakage`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body,
  })
}

const take = async (page: Page, name: string): Promise<void> => {
  await page.waitForFunction(() => {
    const panels = [...document.querySelectorAll('[data-testid^="panel-"]')]
    return (
      panels.length > 4 &&
      panels.every((panel) => /done|nodata/.test(panel.getAttribute('data-state') ?? ''))
    )
  })
  // Charts draw themselves a moment after their data has come.
  await sleep(1500)
  await save(page, name)
}

const save = async (page: Page, name: string): Promise<void> => {
  const path = join(root, 'docs', `${name}.png`)
  await page.screenshot({ path })
  console.log(`took ${path}`)
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
