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

const main = async (): Promise<void> => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(howToGetChromium)
  if (!run('nx', ['run-many', '-t', 'build', '--output-style=static']))
    throw new Error('the build failed')
  const folder = join(cacheFolder, 'screenshots')
  const stack = await startStack({ ports: await freePorts(), scrapeSeconds, folder, log: () => {} })
  try {
    const from = Date.now()
    console.log('Traffic runs for two minutes …')
    const traffic = runTraffic({ baseUrl: stack.serviceUrl, factor: trafficFactor })
    const signups = runJourneys({ baseUrl: stack.signupUrl, count: journeys })
    await sleep(60_000)
    await breakForFabrikam(stack.serviceUrl)
    await Promise.all([traffic, signups])
    const range = new URLSearchParams({
      from: String(from),
      to: String(Date.now()),
      theme: 'dark',
    })
    const browser = await chromium.launch({ executablePath, args: chromiumArguments })
    const page = await browser.newPage({ viewport: { width: 1500, height: 1850 } })
    await page.goto(`${stack.previewUrl}/d/cx-overview?${range}`)
    await take(page, 'overview')
    await page.getByTestId('panel-Impacted customers').getByRole('link').first().click()
    await page.waitForURL(/cx-customer/)
    await take(page, 'customer')
    await page.goto(`${stack.previewUrl}/d/cx-feature-self-signup?${range}`)
    await take(page, 'self-signup')
    await page.setViewportSize({ width: 1500, height: 4450 })
    await take(page, 'self-signup-whole')
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
      panels.length > 10 && panels.every((panel) => panel.getAttribute('data-state') === 'done')
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
