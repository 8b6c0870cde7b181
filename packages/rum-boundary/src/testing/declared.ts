import type { Statics } from '../scrub-statics.ts'

export const at = 'https://signup.example.com'

/** What an app of the tests declares. */
export const statics: Statics = {
  texts: ['Sign up'],
  names: ['SignupForm', 'SignupError', 'submitForm', 'checkout', 'email'],
  messages: ['The signup is closed'],
  pages: ['/signup/account', '/users/:user', '/users/new'],
  routes: ['/api/documents/:documentId', '/assets/*'],
  origins: [at],
}
