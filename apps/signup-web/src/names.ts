// Every class, id and name that the apps put into a page, and the names of their own errors and boundaries:
// the same for everybody, so that a replay and an error may show them.

const classes = [
  'bad',
  'brand',
  'button',
  'card',
  'consent',
  'consent-choice',
  'content',
  'current',
  'document-title',
  'documents',
  'field',
  'foot',
  'form',
  'future',
  'good',
  'hint',
  'hint-box',
  'intro',
  'message',
  'narrow',
  'password',
  'past',
  'pitch',
  'pitch-title',
  'problem',
  'product',
  'progress',
  'quiet',
  'reveal',
  'signup',
  'skip',
  'summary',
  'top',
  'unseen',
  'who',
  'wide',
]

const ids = [
  'root',
  'content',
  'step-title',
  'password-title',
  'summary-title',
  ...['name', 'email', 'company', 'size', 'password', 'current', 'username'].flatMap((field) => [
    field,
    `${field}-hint`,
    `${field}-problem`,
  ]),
]

const cssVariables = [
  'ink',
  'soft-ink',
  'paper',
  'ground',
  'line',
  'edge',
  'accent',
  'accent-dark',
  'accent-tint',
  'bad',
  'bad-tint',
  'good-tint',
  'hint-tint',
  'hint-line',
  'radius',
].map((name) => `--${name}`)

const boundaries = ['shell', 'signup-steps', 'password-field']

export const names: readonly string[] = [
  ...classes,
  ...ids,
  ...cssVariables,
  ...boundaries,
  'RequestFailure',
  'active',
]
