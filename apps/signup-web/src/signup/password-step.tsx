import { copy } from '../copy.ts'
import { PasswordField } from '../password-field.tsx'
import { StepPage } from './step-page.tsx'

export const PasswordStep = () => (
  <StepPage step="password">
    {(outcome, { values }) => (
      <>
        {/* A password manager stores the password under it. */}
        <input
          hidden
          readOnly
          name="username"
          autoComplete="username"
          defaultValue={values.email}
        />
        <PasswordField name="password" label={copy.password.label} problems={outcome?.problems} />
      </>
    )}
  </StepPage>
)
