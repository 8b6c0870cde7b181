import { useState } from 'react'
import { OwnerBoundary } from 'rum-boundary'
import { passwordField } from 'sample-catalog/features'
import { identity } from 'sample-catalog/owners'
import { copy } from './copy.ts'
import { Broken } from './broken.tsx'
import { Field, type FieldProps } from './field.tsx'

export interface PasswordFieldProps extends Pick<FieldProps, 'problems'> {
  readonly name: 'password' | 'current'
  readonly label: string
}

/** The identity team's, on whichever page it stands. */
export const PasswordField = (props: PasswordFieldProps) => (
  <OwnerBoundary owner={identity} feature={passwordField} name="password-field" fallback={Broken}>
    <Password {...props} />
  </OwnerBoundary>
)

const Password = ({ label, name, problems }: PasswordFieldProps) => {
  const [isShown, setShown] = useState(false)
  const isNew = name === 'password'
  return (
    <Field
      name={name}
      label={label}
      problems={problems}
      {...(isNew && { hint: copy.password.hint })}
    >
      {(control) => (
        <div className="password">
          <input
            {...control}
            type={isShown ? 'text' : 'password'}
            autoComplete={isNew ? 'new-password' : 'current-password'}
            autoCapitalize="none"
            spellCheck={false}
          />
          <button
            type="button"
            className="reveal"
            aria-controls={name}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? copy.password.hide : copy.password.show}
          </button>
        </div>
      )}
    </Field>
  )
}
