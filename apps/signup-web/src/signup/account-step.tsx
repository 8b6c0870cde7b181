import { copy } from '../copy.ts'
import { TextField } from '../text-field.tsx'
import { StepPage } from './step-page.tsx'

export const AccountStep = () => (
  <StepPage step="account">
    {(outcome, { values }) => (
      <>
        <TextField
          name="name"
          label={copy.signup.fields.name}
          autoComplete="name"
          defaultValue={values.name}
          problems={outcome?.problems}
        />
        <TextField
          name="email"
          type="email"
          label={copy.signup.fields.email}
          hint={copy.signup.fields.emailHint}
          autoComplete="email"
          defaultValue={values.email}
          problems={outcome?.problems}
        />
      </>
    )}
  </StepPage>
)
