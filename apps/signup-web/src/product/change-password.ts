import { type ActionFunctionArgs, data } from 'react-router'
import { reportError } from 'rum-boundary'
import { passwordField } from 'sample-catalog/features'
import { identity } from 'sample-catalog/owners'
import { problemsIn } from '../check-fields.ts'
import { copy } from '../copy.ts'
import { isFieldName, type Outcome } from '../outcome.ts'
import { request, RequestFailure } from '../request.ts'

/** What fails here is the identity team's, though the page is the platform's. */
export const changePassword = async ({ request: submitted }: ActionFunctionArgs) => {
  const { signal } = submitted
  const form = await submitted.formData()
  const body = {
    current: String(form.get('current') ?? ''),
    password: String(form.get('password') ?? ''),
  }
  const problems = problemsIn(body)
  if (problems.length > 0) return refused({ problems })
  try {
    const { refusal } = await request('PUT', '/api/account/password', { body, signal })
    if (!refusal) return { saved: true } satisfies Outcome
    const { code, field } = refusal
    if (isFieldName(field)) return refused({ problems: [{ field, code }] })
    throw new Error(copy.errors.refused)
  } catch (error) {
    if (signal.aborted) throw error
    reportError(error, { owner: identity, feature: passwordField })
    return refused({ failure: error instanceof RequestFailure ? error.kind : 'unexpected' })
  }
}

const refused = (outcome: Outcome) => data(outcome, { status: 422 })
