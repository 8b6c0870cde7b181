import type { ComponentType } from 'react'
import { redirect, type RouteObject } from 'react-router'
import { copy } from '../copy.ts'
import type { AppConfig } from '../config.ts'
import { LoadProblem } from '../load-problem.tsx'
import { Loading } from '../loading.tsx'
import { NotFound } from '../not-found.tsx'
import { AccountStep } from './account-step.tsx'
import { CompanyStep } from './company-step.tsx'
import { ConfirmStep } from './confirm-step.tsx'
import { loadStep } from './load-step.ts'
import { PasswordStep } from './password-step.tsx'
import { SignupLayout } from './signup-layout.tsx'
import { pathOf, type Step, steps } from './steps.ts'
import { submitStep } from './submit-step.ts'

const pages: Readonly<Record<Step, ComponentType>> = {
  account: AccountStep,
  company: CompanyStep,
  password: PasswordStep,
  confirm: ConfirmStep,
}

export const signupRoutes = (config: AppConfig): RouteObject[] => [
  {
    Component: SignupLayout,
    HydrateFallback: LoadingStep,
    children: [
      { index: true, loader: toStart },
      { path: 'signup', loader: toStart },
      ...steps.map((step) => ({
        path: pathOf(step),
        Component: pages[step],
        loader: loadStep(step, config),
        action: submitStep(step, config),
        // A refusal changes nothing; to ask again could fail, and would cost what is in the form.
        shouldRevalidate: ({ actionStatus = 200 }) => actionStatus < 400,
        ErrorBoundary: StepProblem,
      })),
      { path: '*', Component: NotFound },
    ],
  },
]

const toStart = () => redirect(pathOf('account'))

const StepProblem = () => <LoadProblem title={copy.signup.loadFailed} />

const LoadingStep = () => (
  <SignupLayout>
    <Loading />
  </SignupLayout>
)
