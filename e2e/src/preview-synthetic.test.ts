import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumArguments, findChromium, howToGetChromium } from '../../scripts/stack/chromium.ts'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = join(root, 'packages/cx-dashboards/bin/cx-dashboards.js')
const executablePath = findChromium()
if (!executablePath) console.log(howToGetChromium)

/** A catalog of which nothing runs yet. */
const config = (title: string, target: number) => `
import { availability, catalog, days, feature, latency, milliseconds, objective, operation, owner, percent, perHour, service } from 'cx-definition'
import { catalogDashboards, contact, defineDashboards, webhook } from 'cx-dashboards'
const team = owner('team')
const read = operation('shop', 'GET', '/orders/:id')
const write = operation('shop', 'POST', '/orders')
const orders = feature('orders', { title: 'Orders', description: 'For a test', owner: team, operations: [read, write] })
const hook = webhook({ url: 'http://127.0.0.1:1' })
const shop = catalog({
  owners: [team], features: [orders], services: [service('shop', { owner: team })],
  objectives: [objective('orders-availability', {
    title: ${JSON.stringify(title)}, feature: orders, indicator: availability({ of: orders.operations }),
    target: percent(${target}), window: days(30), traffic: perHour(7200),
  })],
})
export default defineDashboards({
  catalog: shop, folder: { uid: 'cx', title: 'CX' }, dashboards: catalogDashboards({ catalog: shop }),
  alerting: { contacts: [contact(team, { page: [hook], ticket: [hook] })], environments: ['production'] },
})
`
// A machine that is busy with other tests answers late.
const patience = { timeout: 30_000 }
const objectiveDashboard = '/d/cx-objective-orders-availability'

describe.skipIf(!executablePath)('the preview on invented data (skipped without Chromium)', () => {
  let folder: string
  let url: string
  let stopPreview: () => Promise<void>
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  const save = (title: string, target = 99) =>
    writeFile(join(folder, 'cx-dashboards.config.ts'), config(title, target))

  // Its own, since others may be at work beside it.
  let temporary: string
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'cx-synthetic-'))
    // Inside the repository, so that the config finds the packages by name.
    folder = await mkdtemp(join(root, 'e2e', '.preview-'))
    await save('Orders are available')
    const { prometheus } = findPrometheus(() => {})
    const child = spawn(
      process.execPath,
      [bin, 'preview', '--port=0', '--synthetic', `--prometheus-binary=${prometheus}`],
      {
        cwd: folder,
        env: { ...process.env, TMPDIR: temporary },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    stopPreview = async () => {
      child.kill()
      await once(child, 'close')
    }
    for await (const line of createInterface({ input: child.stdout })) {
      url = line.replace('preview: ', '')
      if (line.startsWith('preview: ')) break
    }
    expect(url).toMatch(/^http:/)
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: chromiumArguments,
    })
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await stopPreview?.()
    const left = await readdir(temporary)
    for (const each of [folder, temporary]) await rm(each, { recursive: true, force: true })
    expect(left, 'nothing is left behind').toEqual([])
  })

  beforeEach(async () => {
    complaints.length = 0
    page = await browser.newPage({ viewport: { width: 1500, height: 2200 }, colorScheme: 'dark' })
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
  })
  afterEach(async () => {
    await page.close()
    expect(complaints).toEqual([])
  })

  const open = async (address: string) => {
    await page.goto(url + address)
    await page.waitForFunction(() => {
      const panels = [...document.querySelectorAll('[data-testid^="panel-"]')]
      return (
        panels.length > 3 && panels.every((panel) => panel.getAttribute('data-state') !== 'loading')
      )
    })
  }

  test('every dashboard of a catalog is drawn before any service emits, with the rules’ series', async () => {
    const listed = (await (await fetch(`${url}/api/dashboards`)).json()) as { uid: string }[]
    expect(listed.map(({ uid }) => uid)).toContain('cx-objective-orders-availability')
    for (const { uid } of listed) {
      await open(`/d/${uid}?from=now-6h&to=now`)
      expect(await page.locator('[data-testid^="panel-"][data-state="error"]').count(), uid).toBe(0)
    }
    await open(`${objectiveDashboard}?from=now-6h&to=now`)
    expect(await page.getByTestId('panel-Good events').getAttribute('data-state')).toBe('done')
    expect(await page.getByTestId('panel-Burn rates of pages').getAttribute('data-state')).toBe(
      'done',
    )
  })

  test('deployments and alerts are marked on graphs, are told in words, and can be switched off', async () => {
    await open(`${objectiveDashboard}?from=now-6h&to=now`)
    const marks = page.getByTestId('panel-Good events').getByTestId('annotation')
    await expect.poll(() => marks.count(), patience).toBeGreaterThan(1)
    const told = await marks.evaluateAll((all) =>
      all.map((each) => each.getAttribute('aria-label')),
    )
    expect(told.join('\n')).toContain('Deployments: shop 1.5.0')
    expect(told.join('\n')).toContain('CxErrorBudgetBurn')
    await marks.first().focus()
    await page.keyboard.press('ArrowRight')
    const focused = await marks.evaluateAll((all) =>
      all.findIndex((each) => each === document.activeElement),
    )
    expect(focused).toBe(1)
    const before = await marks.count()
    await page.getByRole('button', { name: 'Annotations' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Deployments' }).click()
    await expect.poll(() => marks.count(), patience).toBeLessThan(before)
  })

  test('a panel tells its query, its cost and its result, by keyboard alone', async () => {
    await open(`${objectiveDashboard}?from=now-6h&to=now`)
    await page.getByTestId('panel-Good events').getByTestId('inspect').focus()
    await page.keyboard.press('i')
    const inspector = page.getByTestId('query-inspector')
    await inspector.waitFor()
    expect(await inspector.locator('pre').first().innerText()).toContain('orders-availability')
    expect(await inspector.getByTestId('query-cost').first().innerText()).toMatch(
      /^1 series, \d+ samples returned, [\d,]+ samples read, [\d.,]+ ms to evaluate, [\d.,]+ ms in all$/,
    )
    expect(await inspector.getByTestId('query-result').locator('tbody tr').count()).toBeGreaterThan(
      3,
    )
  })

  test('the theme is the system’s until another is chosen, which is remembered', async () => {
    const scheme = () => page.evaluate(() => document.documentElement.style.colorScheme)
    await open(objectiveDashboard)
    expect(await scheme()).toBe('dark')
    await page.getByRole('button', { name: 'Switch to the light theme' }).click()
    await expect.poll(scheme, patience).toBe('light')
    await open(objectiveDashboard)
    expect(await scheme()).toBe('light')
  })

  test('a link to dashboards by their tag keeps the time, and the refresh interval', async () => {
    await open(`/d/cx-overview?from=now-6h&to=now&refresh=1m`)
    await page.getByRole('button', { name: 'Objectives' }).first().click()
    await page.getByRole('menuitem', { name: /Orders/ }).click()
    await page.waitForURL(/cx-objective-orders-availability/)
    const { searchParams } = new URL(page.url())
    expect(Object.fromEntries(searchParams)).toMatchObject({
      from: 'now-6h',
      to: 'now',
      refresh: '1m',
    })
  })

  test('an address of nothing says so, and leads back', async () => {
    await page.goto(`${url}/nope`)
    await page.getByText('There is no page at /nope').waitFor()
    await page.getByRole('link', { name: 'All dashboards' }).click()
    await page.getByTestId('dashboard-cx-overview').waitFor()
  })

  test('what a save changes is drawn anew and marked, and nothing else is', async () => {
    await open(`${objectiveDashboard}?from=now-6h&to=now`)
    await save('Orders are available', 98)
    const marked = page.locator('[data-testid^="panel-"]', { hasText: /changed$/ })
    await expect.poll(() => marked.count(), patience).toBeGreaterThan(0)
    expect(await marked.count()).toBeLessThan(await page.locator('[data-testid^="panel-"]').count())
  })

  test('pictures are taken of every dashboard', async () => {
    const pictures = join(folder, 'pictures')
    const args = ['preview', `--png=${pictures}`, '--theme=light', '--from=now-6h', '--to=now']
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [bin, ...args, `--prometheus=${url}/api/prometheus`, '--scrape-interval=60'],
      { cwd: folder, env: { ...process.env, CHROMIUM: executablePath as string } },
    )
    const taken = stdout.match(/^took .*\.png$/gm) ?? []
    const listed = (await (await fetch(`${url}/api/dashboards`)).json()) as unknown[]
    expect(taken).toHaveLength(listed.length)
    const png = await readFile(join(pictures, 'cx-overview.png'))
    // https://www.w3.org/TR/png/#11IHDR: width and height follow the chunk's name.
    expect(png.readUInt32BE(16)).toBe(1500)
    expect(png.readUInt32BE(20)).toBeGreaterThan(1000)
  }, 180_000)
})
