import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

export interface PictureOptions {
  /** Of the preview. */
  readonly url: string
  readonly uids: readonly string[]
  readonly folder: string
  readonly theme: 'dark' | 'light'
  /** Into the address: the dashboard's own time where it is empty. */
  readonly time: Readonly<Record<string, string>>
  readonly taken: (file: string) => void
}

const widthPixels = 1500
const patienceMilliseconds = 60_000

/**
 * Writes each dashboard, whole, as `UID.png`.
 * @throws {Error} that says what is missing, or which dashboard was not drawn in time
 */
export const takePictures = async (options: PictureOptions): Promise<void> => {
  const browser = await startBrowser()
  try {
    await mkdir(options.folder, { recursive: true })
    const page = await browser.newPage()
    for (const uid of options.uids) options.taken(await takePicture(page, uid, options))
  } finally {
    await browser.close()
  }
}

const takePicture = async (
  page: Page,
  uid: string,
  { folder, theme, time, url }: PictureOptions,
): Promise<string> => {
  const query = new URLSearchParams({ ...time, theme, refresh: '' })
  await page.setViewportSize({ width: widthPixels, height: 1000 })
  await page.goto(`${url}/d/${encodeURIComponent(uid)}?${query}`)
  await untilDrawn(page, uid)
  // What is out of sight is not drawn, so all must be in sight.
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ width: widthPixels, height })
  await untilDrawn(page, uid)
  const file = join(folder, `${uid}.png`)
  await page.screenshot({ path: file })
  return file
}

const untilDrawn = async (page: Page, uid: string): Promise<void> => {
  const panels = page.locator('[data-testid^="panel-"]')
  try {
    await panels.first().waitFor({ timeout: patienceMilliseconds })
    await page
      .locator('[data-testid^="panel-"][data-state="loading"]')
      .first()
      .waitFor({ state: 'detached', timeout: patienceMilliseconds })
  } catch (error) {
    throw new Error(`The dashboard ${uid} was not drawn within a minute.`, { cause: error })
  }
  // Charts draw themselves a moment after their data has come.
  await page.waitForTimeout(1000)
}

const startBrowser = async (): Promise<Browser> => {
  const { chromium } = await playwright()
  const executablePath = findChromium()
  if (executablePath === undefined) {
    throw new Error(
      '--png needs a browser of Chromium’s kind. Install one (Debian: apt-get install chromium), or name it in CHROMIUM.',
    )
  }
  return chromium.launch({ executablePath, args: chromiumArguments })
}

const playwright = async (): Promise<typeof import('playwright-core')> => {
  try {
    return await import('playwright-core')
  } catch (error) {
    throw new Error(
      '--png needs playwright-core. Install it: npm install --save-dev playwright-core',
      {
        cause: error,
      },
    )
  }
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'msedge']

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const findChromium = (): string | undefined => {
  const named = process.env['CHROMIUM']
  if (named) return named
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...usualPlaces].find((path) => existsSync(path))
}

/** Quiet, without a sandbox where root runs it, and asking nothing of the internet. */
const chromiumArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
