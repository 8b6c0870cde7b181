import { type ReactNode, useEffect, useRef } from 'react'
import { useLoaderData } from 'react-router'
import { copy } from '../copy.ts'
import type { Outcome } from '../outcome.ts'
import { SendForm } from '../send-form.tsx'
import type { StepData } from './load-step.ts'
import { metrics } from './metrics.ts'
import { pathOf, type Step } from './steps.ts'

export interface StepPageProps {
  readonly step: Step
  readonly submit?: string
  readonly children: (outcome: Outcome | undefined, data: StepData) => ReactNode
}

const titleId = 'step-title'
let shown: Step | undefined

export const StepPage = ({ children, step, submit = copy.signup.next }: StepPageProps) => {
  const data = useLoaderData<StepData>()
  const { intro, title } = copy.signup.steps[step]
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    metrics.page(pathOf(step))
    // A screen reader tells of a new page by itself, but not of a new step in one.
    if (shown !== undefined && shown !== step) heading.current?.focus()
    shown = step
  }, [step])
  return (
    <>
      <title>{copy.signup.pageTitle}</title>
      {data.notice && (
        <p className="message hint-box" role="status">
          {copy.signup.notices[data.notice]}
        </p>
      )}
      <h1 id={titleId} tabIndex={-1} ref={heading}>
        {title}
      </h1>
      <p className="intro">{intro}</p>
      <SendForm method="post" labelledBy={titleId} submit={submit}>
        {(outcome) => children(outcome, data)}
      </SendForm>
    </>
  )
}
