import type { ReactNode } from 'react'
import { Outlet, useLocation } from 'react-router'
import { OwnerBoundary } from 'rum-boundary'
import { Brand } from '../brand.tsx'
import { Broken } from '../broken.tsx'
import { copy } from '../copy.ts'
import { ownership, pathOf, steps } from './steps.ts'

/** The frame is the platform team's, the steps inside are the growth team's. */
export const SignupLayout = ({ children = <Steps /> }: { readonly children?: ReactNode }) => (
  <div className="signup">
    <a className="skip" href="#content">
      {copy.skip}
    </a>
    <header className="top">
      <Brand />
    </header>
    <aside className="pitch">
      <p className="pitch-title">{copy.signup.pitchTitle}</p>
      <ul>
        {copy.signup.pitch.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </aside>
    <main className="content" id="content" tabIndex={-1}>
      <Progress />
      <div className="card">{children}</div>
    </main>
    <footer className="foot">{copy.footer}</footer>
  </div>
)

const Steps = () => {
  const { pathname } = useLocation()
  return (
    <OwnerBoundary {...ownership} name="signup-steps" fallback={Broken} resetKeys={[pathname]}>
      <Outlet />
    </OwnerBoundary>
  )
}

const Progress = () => {
  const { pathname } = useLocation()
  const current = steps.findIndex((step) => pathname === pathOf(step))
  return (
    <ol className="progress" aria-label={copy.signup.progress}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={index < current ? 'past' : index === current ? 'current' : 'future'}
          aria-current={index === current ? 'step' : undefined}
        >
          {copy.signup.steps[step].short}
        </li>
      ))}
    </ol>
  )
}
