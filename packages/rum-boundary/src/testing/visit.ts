import type { Browser, Page } from 'playwright-core'
import { bundle, type ReactBuild } from './bundle.ts'
import type { TestPage } from './page.tsx'
import { serveSite, type Site } from './site.ts'

declare global {
  /** On the pages of the tests. */
  var rum: TestPage
}

export interface Visit {
  readonly page: Page
  readonly site: Site
  /** What the page said on its console that was an error or a warning. */
  readonly complaints: string[]
  close(): Promise<void>
}

const known = new Map<string, ReturnType<typeof bundle>>()

const script = "import { providePage } from './testing/page.tsx'\nprovidePage()"

interface VisitOptions {
  readonly build?: ReactBuild
  readonly csp?: string
  /** Before the page is loaded. */
  readonly prepare?: (page: Page, site: Site) => Promise<unknown>
}

/** A page that has everything at hand and has started nothing. */
export const visit = async (
  browser: Browser,
  { build = { version: 19, mode: 'production' }, csp, prepare }: VisitOptions = {},
): Promise<Visit> => {
  const name = `${build.version} ${build.mode}`
  const files = known.get(name) ?? bundle(script, build)
  known.set(name, files)
  const site = await serveSite(await files, csp === undefined ? {} : { csp })
  const context = await browser.newContext()
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) complaints.push(line.text())
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  await prepare?.(page, site)
  await page.goto(site.url)
  await page.waitForFunction(() => 'rum' in globalThis, undefined, { timeout: 15_000 })
  return {
    page,
    site,
    complaints,
    async close() {
      await context.close()
      await site.close()
    },
  }
}
