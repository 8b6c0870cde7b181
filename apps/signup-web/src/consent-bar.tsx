import { useState } from 'react'
import { type Consent, storeConsent } from './consent.ts'
import { copy } from './copy.ts'
import type { Telemetry } from './telemetry.ts'

/** Asks once, and only where there is something to ask for. */
export const ConsentBar = ({ telemetry }: { readonly telemetry: Telemetry }) => {
  const [isAsking, setAsking] = useState(telemetry.asksForConsent)
  if (!isAsking) return null
  const choose = (choice: Consent) => () => {
    storeConsent(choice)
    telemetry.reporting.consent(choice)
    setAsking(false)
  }
  return (
    <section className="consent" aria-label={copy.consent.label}>
      <p>{copy.consent.text}</p>
      <div className="consent-choice">
        <button type="button" className="button quiet" onClick={choose('denied')}>
          {copy.consent.deny}
        </button>
        <button type="button" className="button" onClick={choose('granted')}>
          {copy.consent.grant}
        </button>
      </div>
    </section>
  )
}
