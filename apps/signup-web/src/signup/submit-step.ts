import { type ActionFunctionArgs, data, redirect, redirectDocument } from 'react-router'
import { reportError } from 'rum-boundary'
import type { AppConfig } from '../config.ts'
import { copy } from '../copy.ts'
import { type FieldProblem, isFieldName, type Outcome } from '../outcome.ts'
import { type Refusal, request, RequestFailure } from '../request.ts'
import { problemsIn } from '../check-fields.ts'
import { journey } from './metrics.ts'
import { setNotice } from './notice.ts'
import type { SignupState } from './signup-state.ts'
import { fieldsOf, nextOf, ownership, pathOf, type Step, steps } from './steps.ts'

type Sent = Response | ReturnType<typeof data<Outcome>>

/**
 * Sends a step. What the person can mend is told at its field; what our side could not do is a failure of
 * the step, and leaves everything as it was so that the same can be sent again.
 */
export const submitStep =
  (step: Step, { guard }: AppConfig) =>
  async ({ request: submitted }: ActionFunctionArgs): Promise<Sent> => {
    const { signal } = submitted
    const values = valuesOf(step, await submitted.formData())
    const problems = problemsIn(values)
    if (problems.length > 0) return refused(problems)
    try {
      const answer = await request<SignupState>('POST', `/api${pathOf(step)}`, {
        body: values,
        signal,
      })
      return answer.refusal ? toRefusal(step, answer.refusal, guard) : goOn(step)
    } catch (error) {
      if (signal.aborted) throw error
      return fail(step, error)
    }
  }

const valuesOf = (step: Step, form: FormData): Record<string, string> =>
  Object.fromEntries(
    fieldsOf[step].map((field) => {
      const value = String(form.get(field) ?? '')
      return [field, field === 'password' ? value : value.trim()]
    }),
  )

const goOn = (step: Step): Response => {
  journey.completed(step)
  const next = nextOf(step)
  return next ? redirect(pathOf(next)) : redirectDocument('/product/documents')
}

const toRefusal = (step: Step, { code, field, missing }: Refusal, guard: boolean): Sent => {
  if (isFieldName(field)) {
    const isHere = (fieldsOf[step] as readonly string[]).includes(field)
    return isHere ? refused([{ field, code }]) : leadTo('account', 'taken')
  }
  if (code === 'expired') return leadTo('account', 'expired')
  const first = steps.find((each) => each === missing)
  if (guard && first && first !== 'confirm') return leadTo(first, first)
  return fail(step, new Error(missing === undefined ? copy.errors.refused : copy.errors.order))
}

const leadTo = (step: Step, notice: Parameters<typeof setNotice>[0]): Response => {
  setNotice(notice)
  return redirect(pathOf(step))
}

const fail = (step: Step, error: unknown): Sent => {
  journey.failed(step)
  const failure = error instanceof RequestFailure ? error.kind : 'unexpected'
  // A person without a connection is no error of a team.
  if (failure !== 'offline' || navigator.onLine) reportError(error, ownership)
  return data({ failure }, { status: 503 })
}

const refused = (problems: readonly FieldProblem[]): Sent => data({ problems }, { status: 422 })
