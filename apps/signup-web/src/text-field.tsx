import type { HTMLInputAutoCompleteAttribute } from 'react'
import { Field, type FieldProps } from './field.tsx'

export interface TextFieldProps extends Omit<FieldProps, 'children'> {
  readonly type?: 'text' | 'email'
  readonly autoComplete: HTMLInputAutoCompleteAttribute
  readonly defaultValue: string | undefined
}

/** The browser keeps what is typed; so do autofill and a failed sending. */
export const TextField = ({
  autoComplete,
  defaultValue,
  type = 'text',
  ...field
}: TextFieldProps) => (
  <Field {...field}>
    {(control) => (
      <input
        {...control}
        type={type}
        autoComplete={autoComplete}
        defaultValue={defaultValue}
        dir="auto"
        {...(type === 'email' && { inputMode: 'email', spellCheck: false })}
      />
    )}
  </Field>
)
