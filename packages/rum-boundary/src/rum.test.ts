/// <reference lib="dom" />
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Rum, RumOptions } from './rum.ts'
import { chromiumPath, launchChromium } from './testing/chromium.ts'
import { bundleMutated } from './testing/leak-bundle.ts'
import { serveSite, type Site } from './testing/site.ts'

/** What the page of the tests has in reach. */
declare global {
  var start: (more?: Partial<RumOptions>) => Promise<boolean>
  var started: Rum | undefined
  var startTheirs: () => Promise<void>
  var watch: () => () => void
}

const pageScript = `
import { watchLeaks } from './check.ts'
const options = {
  applicationId: '11111111-2222-4333-8444-555555555555', clientToken: 'pub123', site: 'datadoghq.eu',
  service: 'signup-web', env: 'test', version: '1.2.3', preset: 'signup', intake: '/cx/rum',
  statics: { texts: ['Sign up'], names: ['card'], pages: ['/signup'], routes: [] },
}
globalThis.start = async (more) => {
  const before = globalThis.DD_RUM
  const { startRum } = await import('./rum.ts')
  globalThis.started = startRum({ ...options, ...more }, before)
  return started !== undefined
}
globalThis.startTheirs = async () => {
  const { datadogRum } = await import('@datadog/browser-rum')
  datadogRum.init({ applicationId: 'theirs', clientToken: 'theirs' })
}
globalThis.watch = () => watchLeaks(options.statics)
`

const tags = {
  team: 'growth',
  feature: 'self-signup',
  app: 'signup-web',
  source: 'reported',
  tracker: 'primary',
  suppressed: 0,
  at: 1,
} as const

describe.skipIf(!chromiumPath)('in a browser (skipped without Chromium)', () => {
  let browser: Browser
  let files: Awaited<ReturnType<typeof bundleMutated>>
  let context: BrowserContext
  let page: Page
  let site: Site
  const said: string[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    files = await bundleMutated(pageScript, 'browser', {})
    browser = await launchChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    said.length = 0
    complaints.length = 0
    context = await browser.newContext()
    page = await context.newPage()
    page.on('console', (message) => void said.push(message.text()))
    page.on('pageerror', (error) => void complaints.push(error.message))
  })
  afterEach(async () => {
    await context.close()
    await site.close()
  })

  const visit = async (options?: Parameters<typeof serveSite>[1]) => {
    site = await serveSite(files, options)
    await page.goto(`${site.url}/signup`)
    await page.waitForFunction(() => 'watch' in globalThis)
  }
  const addError = () => page.evaluate((of) => started!.addError(new Error('x'), of), tags)
  const eventually = (read: () => unknown) => expect.poll(read, { timeout: 15_000, interval: 50 })
  /** The SDK begins a session in a moment of its own. */
  const recorded = () => eventually(() => page.evaluate(() => started!.session()?.id)).toBeDefined()
  const replays = () => site.intakes.filter((intake) => intake === 'datadog /api/v2/replay')

  test('without an intake nothing starts, and the console says why', async () => {
    await visit()
    expect(await page.evaluate(() => start({ intake: '' }))).toBe(false)
    expect(said.join()).toContain('Datadog RUM was not started. It has no intake')
    await page.goto('about:blank')
    expect(site.intakes).toEqual([])
  })

  test('beside another copy of the SDK nothing starts', async () => {
    await page.addInitScript(() => Reflect.set(globalThis, 'DD_RUM', { version: '6.0.0' }))
    await visit()
    expect(await page.evaluate(() => start())).toBe(false)
    expect(said.join()).toContain('Another copy of its SDK is on the page')
  })

  test('an SDK that runs with options of its own is not taken over', async () => {
    await visit()
    await page.evaluate(() => startTheirs())
    expect(await page.evaluate(() => start())).toBe(false)
    expect(said.join()).toContain('leave datadogRum.init to datadogSink')
  })

  test('another version of the SDK is told of', async () => {
    const other = { 'rum.ts': (source: string) => source.replace("'7.16.'", "'6.5.'") }
    site = await serveSite(await bundleMutated(pageScript, 'browser', other))
    await page.goto(`${site.url}/signup`)
    await page.waitForFunction(() => 'watch' in globalThis)
    expect(await page.evaluate(() => start())).toBe(true)
    expect(said.join()).toContain('made for @datadog/browser-rum 6.5.x, found 7.16.')
  })

  test('a session that is not sampled is replayed from its first error on', async () => {
    await visit()
    await page.evaluate(() => start({ replaySampleRate: 0 }))
    await recorded()
    expect(await page.evaluate(() => started!.session()?.replayUrl)).toBeUndefined()
    await addError()
    await eventually(() => page.evaluate(() => started!.session()?.replayUrl)).toMatch(
      /^https:\/\/app\.datadoghq\.eu\/rum\/replay\/sessions\/[\da-f-]{36}\?[\w=&-]+$/,
    )
    await eventually(() => replays().length).toBeGreaterThan(0)
    await page.goto('about:blank')
    await eventually(() => site.datadog.length).toBe(1)
    expect(site.datadog[0]?.context).toEqual(tags)
  })

  test('where no worker may run there is no replay, and errors arrive', async () => {
    await visit({ csp: "default-src 'self'; worker-src 'none'" })
    await page.evaluate(() => start())
    await addError()
    await recorded()
    await page.goto('about:blank')
    await eventually(() => site.datadog.length).toBe(1)
    expect(replays()).toEqual([])
    expect(complaints).toEqual([])
  })

  test('after a stop nothing is sent, until it is started again', async () => {
    await visit()
    await page.evaluate(async () => {
      await start()
      started!.stop()
    })
    await addError()
    await page.evaluate(() => start())
    await page.evaluate((of) => started!.addError(new Error('Failed to fetch'), of), {
      ...tags,
      at: 2,
    })
    await recorded()
    await page.goto('about:blank')
    await eventually(() => site.datadog.map(({ error }) => error?.message)).toEqual([
      'Failed to fetch',
    ])
  })

  test('no id of a person outlives the session', async () => {
    await visit()
    await page.evaluate(() => start())
    await addError()
    await recorded()
    const cookies = await context.cookies()
    expect(cookies.map(({ name }) => name)).toEqual(['_dd_s_v2'])
    expect(cookies[0]?.value).not.toMatch(/aid=/)
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  })

  test('in development the console names each leak once, also of what comes later', async () => {
    await visit()
    await page.evaluate(() => {
      document.body.innerHTML = '<form class="card"><p class="jane">Sign up</p></form>'
      const stop = watch()
      setTimeout(
        () =>
          document.body.append(Object.assign(document.createElement('p'), { className: 'jane' })),
        100,
      )
      setTimeout(
        () => document.body.append(Object.assign(document.createElement('p'), { id: 'doe' })),
        200,
      )
      setTimeout(stop, 2000)
    })
    await eventually(() => said.filter((line) => line.startsWith('rum-boundary'))).toEqual([
      'rum-boundary: class of <html > body > form.card > p> is not declared static and will be withheld from replays: jane',
      'rum-boundary: id of <html > body > p> is not declared static and will be withheld from replays: doe',
    ])
  })
})
