import { selfSignup } from 'sample-catalog/features'
import { growth } from 'sample-catalog/owners'
import { signupJourney } from 'sample-catalog/web'
import type { FieldName } from '../copy.ts'

export type Step = (typeof signupJourney.steps)[number]

export const steps = signupJourney.steps

export const pathOf = (step: Step) => `/signup/${step}` as const

export const nextOf = (step: Step): Step | undefined => steps[steps.indexOf(step) + 1]

/** What of the form goes into the body of each step. */
export const fieldsOf = {
  account: ['name', 'email'],
  company: ['company', 'size'],
  password: ['password'],
  confirm: [],
} as const satisfies Readonly<Record<Step, readonly FieldName[]>>

/** To whom what fails in the steps belongs. */
export const ownership = { owner: growth, feature: selfSignup } as const
