import type { Page } from 'playwright-core'

const steps = ['account', 'company', 'password', 'confirm'] as const
export type SignupStep = (typeof steps)[number]

let people = 0

/** Somebody new each time, since an address can be used once. */
const answers = () => ({
  account: {
    name: 'Ada Lovelace',
    email: `ada.${process.pid}.${Date.now()}.${(people += 1)}@example.com`,
  },
  company: { company: 'Analytical Engines', size: '11-50' },
  password: { password: 'a long walk by the sea' },
  confirm: {},
})

/** Fills the form of a step that is shown. */
export const fillStep = async (page: Page, step: SignupStep): Promise<void> => {
  await page.waitForURL(`**/signup/${step}`)
  await page.locator('#step-title').waitFor()
  for (const [field, value] of Object.entries(answers()[step])) {
    if (field === 'size') await page.locator('#size').selectOption(value)
    else await page.locator(`#${field}`).fill(value)
  }
}

export const sendForm = (page: Page): Promise<void> => page.locator('button[type=submit]').click()

/** Opens a step with all those before it done. */
export const openStep = async (page: Page, url: string, step: SignupStep): Promise<void> => {
  await page.goto(`${url}/signup/account`)
  for (const earlier of steps.slice(0, steps.indexOf(step))) {
    await fillStep(page, earlier)
    await sendForm(page)
  }
  await page.waitForURL(`**/signup/${step}`)
  await page.locator('#step-title').waitFor()
}
