import { useRevalidator, useRouteError } from 'react-router'
import { copy } from './copy.ts'
import { RequestFailure } from './request.ts'

/** In place of a page whose data did not come. It has been reported by whoever owns the page. */
export const LoadProblem = ({ title }: { readonly title: string }) => {
  const error = useRouteError()
  const { revalidate, state } = useRevalidator()
  const why = error instanceof RequestFailure ? error.kind : 'unexpected'
  return (
    <div className="message bad" role="alert">
      <title>{copy.brand}</title>
      <h1>{title}</h1>
      <p>{copy.failures[why]}</p>
      <button
        type="button"
        className="button"
        aria-disabled={state === 'loading'}
        onClick={() => void revalidate()}
      >
        {copy.retry}
      </button>
    </div>
  )
}
