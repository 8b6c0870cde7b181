export type Consent = 'granted' | 'denied'

const key = 'cx-consent'

/** What the person chose before, in either app. It says nothing about who they are. */
export const readConsent = (): Consent | undefined => {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'granted' || stored === 'denied' ? stored : undefined
  } catch {
    return undefined
  }
}

/** Where nothing can be stored, the choice holds until the page is left. */
export const storeConsent = (choice: Consent): void => {
  try {
    localStorage.setItem(key, choice)
  } catch {
    // As above.
  }
}
