import { copy } from '../copy.ts'
import { Field } from '../field.tsx'
import { TextField } from '../text-field.tsx'
import { StepPage } from './step-page.tsx'

const { company, size, sizeNone, sizes } = copy.signup.fields

export const CompanyStep = () => (
  <StepPage step="company">
    {(outcome, { values }) => (
      <>
        <TextField
          name="company"
          label={company}
          autoComplete="organization"
          defaultValue={values.company}
          problems={outcome?.problems}
        />
        <Field name="size" label={size} problems={outcome?.problems}>
          {(control) => (
            <select {...control} defaultValue={values.size ?? ''}>
              <option value="">{sizeNone}</option>
              {Object.entries(sizes).map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Field>
      </>
    )}
  </StepPage>
)
