import type { Browser, Page } from 'playwright-core'

const send = (page: Page) => page.locator('button[type=submit]').click()

const fill = async (page: Page, values: Readonly<Record<string, string>>): Promise<void> => {
  for (const [id, value] of Object.entries(values)) await page.locator(`#${id}`).fill(value)
}

/** Walks through signup-web, and shows those of its pages that are worth a picture. */
export const showSignup = async (
  browser: Browser,
  signupUrl: string,
  show: (page: Page, name: string) => Promise<void>,
): Promise<void> => {
  const page = await browser.newPage({
    viewport: { width: 1200, height: 820 },
    reducedMotion: 'reduce',
  })
  await page.goto(`${signupUrl}/signup/account`)
  await fill(page, { name: 'Ada Lovelace', email: 'ada@' })
  await send(page)
  await page.getByRole('alert').waitFor()
  await show(page, 'signup-account')

  await fill(page, { email: 'ada@example.com' })
  await send(page)
  await page.locator('#company').fill('Analytical Engines')
  await page.locator('#size').selectOption('11-50')
  await send(page)
  await fill(page, { password: 'a long walk by the sea' })
  await show(page, 'signup-password')

  await send(page)
  await page.waitForURL('**/signup/confirm')
  await page.locator('#step-title').waitFor()
  await send(page)
  await page.waitForURL('**/product/documents')
  await page.locator('.documents').waitFor()
  await show(page, 'product')
  await page.close()
}
