import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { findLeaks, Leak } from 'rum-boundary/check'
import type { Statics } from 'rum-boundary/privacy'
import { copy } from '../src/copy.ts'
import { productStatics, signupStatics } from '../src/statics.ts'
import { executablePath, launchOptions, type RunningApp, startApp } from './running-app.ts'
import { fill, goTo, newPerson, steps, submit, titleOf } from './signup-pages.ts'

declare const leaks: { readonly findLeaks: typeof findLeaks }

/** The package's own check, as a script that a page can be given. */
const bundledCheck = async (): Promise<string> => {
  const bundle = (await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['cx-source', 'module', 'browser'] },
    build: {
      write: false,
      lib: {
        entry: join(import.meta.dirname, '../../../packages/rum-boundary/src/check.ts'),
        formats: ['iife'],
        name: 'leaks',
      },
    },
  })) as Rollup.RollupOutput[]
  return bundle[0]!.output[0].code
}

describe.skipIf(!executablePath)('what a replay would show (skipped without Chromium)', () => {
  let app: RunningApp
  let url: string
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let check: string

  beforeAll(async () => {
    check = await bundledCheck()
    app = await startApp()
    url = await app.serve({ SENTRY_DSN: 'https://public@sentry.invalid/1' })
    browser = await chromium.launch(launchOptions)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })
  beforeEach(async () => {
    context = await browser.newContext()
    page = await context.newPage()
  })
  afterEach(() => context.close())

  /** Without the page's head, whose metadata no replay shows, and what a shorthand with a variable leaves empty. */
  const told = (all: readonly Leak[]) =>
    all
      .filter(({ element, value, what }) =>
        what === 'css' ? !value.endsWith(': ') : !element.startsWith('html > head'),
      )
      .map(({ element, value, what }) => `${element} ${what}: ${value}`)

  const found = async (statics: Statics): Promise<readonly Leak[]> => {
    await page.evaluate(`${check};globalThis.leaks = leaks`)
    return page.evaluate((declared) => leaks.findLeaks(document, declared), {
      ...statics,
      origins: [url],
    })
  }

  test('of the signup is static, in every step and with every problem', async () => {
    const person = newPerson()
    await page.goto(`${url}/signup/company`)
    await page.locator('#step-title').waitFor()
    for (const step of steps) {
      if (step !== 'confirm') {
        await submit(page)
        await page.getByRole('alert').waitFor()
      }
      expect(told(await found(signupStatics)), step).toEqual([])
      await fill(page, step, person)
      await submit(page)
    }
    await page.getByRole('heading', { level: 1, name: copy.product.documents }).waitFor()
    expect(told(await found(productStatics))).toEqual([])
    await page.getByRole('link', { name: copy.product.settings }).click()
    await page.locator('#current').waitFor()
    await submit(page)
    await page.getByRole('alert').waitFor()
    expect(told(await found(productStatics))).toEqual([])
  })

  test('names what a developer plants', async () => {
    await goTo(page, url, 'account')
    await page.getByRole('heading', { name: titleOf('account') }).evaluate((heading) => {
      heading.setAttribute('aria-description', 'Ada')
      heading.setAttribute('class', 'for-ada')
    })
    expect(told(await found(signupStatics)).toSorted()).toEqual([
      expect.stringContaining('h1#step-title aria-description: Ada'),
      expect.stringContaining('h1#step-title class: for-ada'),
    ])
  })

  test('all text that the pages show of themselves is declared', async () => {
    await goTo(page, url, 'account')
    await submit(page)
    await page.getByRole('alert').waitFor()
    const texts = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const all: string[] = []
      while (walker.nextNode())
        if (walker.currentNode.parentElement?.localName !== 'noscript')
          all.push(walker.currentNode.textContent!.trim())
      return all.filter(Boolean)
    })
    expect(texts.length).toBeGreaterThan(20)
    expect(texts.filter((text) => !signupStatics.texts.includes(text))).toEqual([])
  })
})
