// What leaves the browser is rebuilt from what an app declared static; all else is withheld.
export { scrubError, type ScrubbedError } from './scrub-error.ts'
export { scrubMessage } from './scrub-message.ts'
export { scrubRumEvent } from './scrub-rum-event.ts'
export { scrubSentryEvent } from './scrub-sentry-event.ts'
export { scrubComponentStack, scrubStack } from './scrub-stack.ts'
export { scrubUrl } from './scrub-url.ts'
export type { Preset, Statics } from './scrub-statics.ts'
