// What web apps import: nothing of objectives, receivers and runbooks.
import { journey, webApp } from 'cx-definition'
import { selfSignup } from './features.ts'
import { growth, platform } from './owners.ts'

export const signupWeb = webApp('signup-web', {
  title: 'Signup',
  owner: growth,
  pages: ['/signup/account', '/signup/company', '/signup/password', '/signup/confirm'],
})

/** The internal product that a signup leads into. */
export const productWeb = webApp('product-web', {
  title: 'Product',
  owner: platform,
  pages: ['/product/documents', '/product/settings'],
})

export const signupJourney = journey('self-signup', {
  title: 'Self-signup',
  feature: selfSignup,
  app: signupWeb,
  steps: ['account', 'company', 'password', 'confirm'],
})

/** The first session after a signup: it has begun well when the documents are shown. */
export const firstSession = journey('first-session', {
  title: 'First session after signup',
  feature: selfSignup,
  app: productWeb,
  follows: signupJourney,
  steps: ['documents'],
})
