import { firstSession, productWeb, signupJourney, signupWeb } from 'sample-catalog/web'
import { selfSignup } from 'sample-catalog/features'
import type { Statics } from 'rum-boundary/privacy'
import { copy } from './copy.ts'
import { names } from './names.ts'

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

const common = {
  texts: textsIn(copy),
  names,
  messages: Object.values(copy.errors),
  routes: [
    ...selfSignup.operations.map(({ route }) => route ?? ''),
    '/api/account',
    '/api/account/password',
    '/api/account/welcomed',
    '/api/documents/',
    '/assets/*',
    '/config.json',
    '/icon.svg',
  ],
} satisfies Omit<Statics, 'pages'>

/** What the pages show of themselves: all else that a tracker could see is withheld. */
export const signupStatics: Statics = {
  ...common,
  journeys: [signupJourney],
  pages: signupWeb.pages,
}
export const productStatics: Statics = {
  ...common,
  journeys: [firstSession],
  pages: productWeb.pages,
}
