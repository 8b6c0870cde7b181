import { useEffect, useRef } from 'react'
import { copy, problemText } from './copy.ts'
import type { Outcome } from './outcome.ts'

/** Says what went wrong, above the form, and takes the focus so that nobody misses it. */
export const FormMessages = ({ outcome }: { readonly outcome: Outcome | undefined }) => {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (outcome) summary.current?.focus()
  }, [outcome])
  if (!outcome) return null
  const { failure, problems = [], saved } = outcome
  if (saved) {
    return (
      <div className="message good" role="status" tabIndex={-1} ref={summary}>
        <p>{copy.product.saved}</p>
      </div>
    )
  }
  return (
    <div
      className="message bad"
      role="alert"
      tabIndex={-1}
      ref={summary}
      aria-labelledby="summary-title"
    >
      <h2 id="summary-title">{failure ? copy.failures.title : copy.problemsTitle}</h2>
      {failure ? (
        <>
          <p>{copy.failures[failure]}</p>
          <p>{copy.failures.kept}</p>
        </>
      ) : (
        <ul>
          {problems.map(({ code, field }) => (
            <li key={field}>
              <a href={`#${field}`} onClick={focusOn(field)}>
                {problemText(field, code)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A link alone would put the field into the address, and would not work twice. */
const focusOn = (field: string) => (event: React.MouseEvent) => {
  event.preventDefault()
  document.querySelector<HTMLElement>(`#${field}`)?.focus()
}
