import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { Form, useActionData, useNavigation } from 'react-router'
import { copy } from './copy.ts'
import { FormMessages } from './form-messages.tsx'
import type { Outcome } from './outcome.ts'

export interface SendFormProps {
  readonly labelledBy: string
  readonly method: 'post' | 'put'
  readonly submit: string
  readonly children: (outcome: Outcome | undefined) => ReactNode
}

/** A form that is sent once at a time, keeps what is in it, and tells how it went. */
export const SendForm = ({ children, labelledBy, method, submit }: SendFormProps) => {
  const outcome = useActionData<Outcome>()
  const { formMethod, state } = useNavigation()
  const isSending = state !== 'idle' && formMethod !== undefined
  // A second click may come before React has drawn the first.
  const sending = useRef(false)
  useEffect(() => {
    // A refusal may come so soon that no other state is ever drawn.
    if (state === 'idle') sending.current = false
  }, [state, outcome])
  const onSubmit = (event: FormEvent) => {
    if (sending.current) event.preventDefault()
    sending.current = true
  }
  return (
    <Form
      method={method}
      className="form"
      noValidate
      aria-labelledby={labelledBy}
      aria-busy={isSending}
      onSubmit={onSubmit}
    >
      <FormMessages outcome={isSending ? undefined : outcome} />
      {children(isSending ? undefined : outcome)}
      <button type="submit" className="button wide" aria-disabled={isSending}>
        {isSending ? copy.signup.sending : submit}
      </button>
    </Form>
  )
}
