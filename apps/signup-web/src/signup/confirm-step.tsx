import { Link } from 'react-router'
import { copy } from '../copy.ts'
import type { SignupValues } from './signup-state.ts'
import { StepPage } from './step-page.tsx'
import { pathOf } from './steps.ts'

export const ConfirmStep = () => (
  <StepPage step="confirm" submit={copy.signup.create}>
    {(_outcome, { values }) => <Summary values={values} />}
  </StepPage>
)

const { change, changeAccount, changeCompany, fields, summary } = copy.signup

const Summary = ({ values }: { readonly values: SignupValues }) => (
  <section className="summary" aria-label={summary}>
    <Part
      rows={[
        [fields.name, values.name],
        [fields.email, values.email],
      ]}
    />
    <Link to={pathOf('account')}>
      {change}
      <span className="unseen"> {changeAccount}</span>
    </Link>
    <Part
      rows={[
        [fields.company, values.company],
        [fields.size, fields.sizes[values.size as keyof typeof fields.sizes]],
      ]}
    />
    <Link to={pathOf('company')}>
      {change}
      <span className="unseen"> {changeCompany}</span>
    </Link>
  </section>
)

const Part = ({
  rows,
}: {
  readonly rows: readonly (readonly [label: string, value: string | undefined])[]
}) => (
  <dl>
    {rows.map(([label, value]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd dir="auto">{value}</dd>
      </div>
    ))}
  </dl>
)
