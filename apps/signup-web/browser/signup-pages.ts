import type { Page } from 'playwright-core'
import { copy } from '../src/copy.ts'

export interface Person {
  readonly name: string
  readonly email: string
  readonly company: string
  readonly size: string
  readonly password: string
}

let people = 0

/** Somebody new each time, since an address can be used once. */
export const newPerson = (): Person => ({
  name: 'Ada Lovelace',
  email: `ada.${process.pid}.${(people += 1)}@example.com`,
  company: 'Analytical Engines',
  size: '11-50',
  password: 'a long walk by the sea',
})

export const steps = ['account', 'company', 'password', 'confirm'] as const
export type Step = (typeof steps)[number]

export const titleOf = (step: Step): string => copy.signup.steps[step].title

export const fill = async (page: Page, step: Step, person: Person): Promise<void> => {
  await page.getByRole('heading', { level: 1, name: titleOf(step) }).waitFor()
  if (step === 'account') {
    await page.locator('#name').fill(person.name)
    await page.locator('#email').fill(person.email)
  } else if (step === 'company') {
    await page.locator('#company').fill(person.company)
    await page.locator('#size').selectOption(person.size)
  } else if (step === 'password') {
    await page.locator('#password').fill(person.password)
  }
}

export const submit = (page: Page): Promise<void> => page.locator('button[type=submit]').click()

/** Leaves the page on the step, with nothing filled in. */
export const goTo = async (
  page: Page,
  url: string,
  step: Step,
  person: Person = newPerson(),
): Promise<void> => {
  await page.goto(`${url}/signup/account`)
  for (const each of steps.slice(0, steps.indexOf(step))) {
    await fill(page, each, person)
    await submit(page)
  }
  await page.getByRole('heading', { level: 1, name: titleOf(step) }).waitFor()
}
