import {
  catalogName,
  componentStack,
  errorName,
  fingerprint,
  flag,
  type Kind,
  listOf,
  message,
  number,
  oneOf,
  rebuild,
  replayLink,
  type Shape,
  uuid,
  version,
} from './rum-event-shape.ts'
import { errorTags } from './rum-event-fields.ts'
import { type Frame, framesOf } from './scrub-stack.ts'
import type { Statics } from './scrub-statics.ts'

/** An event of Sentry's SDK, rebuilt from the fields that are known here: no request, user, breadcrumb, device. */
export const scrubSentryEvent = (event: unknown, statics: Statics): object | undefined =>
  rebuild(shape, event, statics)

const text =
  (pattern: RegExp): Kind =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined

const hexId = text(/^[\da-f]{32}$/)

/** By way of our own frames, so that one rule decides what a place may say. */
const frame: Kind = (value, statics) => {
  const given = value as Partial<Record<'filename' | 'function' | 'lineno' | 'colno', unknown>>
  const line = `at ${String(given?.function)} (${String(given?.filename)}:${String(given?.lineno)}:${String(given?.colno ?? 1)})`
  const [clean] = framesOf(line, statics)
  return clean && sentryFrame(clean)
}

export const sentryFrame = ({ column, file, line, name }: Frame) => ({
  filename: file,
  function: name,
  lineno: line,
  colno: column,
  in_app: true,
})

const shape: Shape = {
  event_id: hexId,
  timestamp: number,
  platform: oneOf('javascript'),
  level: oneOf('error', 'fatal', 'warning'),
  environment: catalogName,
  release: version,
  exception: {
    values: listOf(
      {
        type: errorName,
        value: message,
        stacktrace: { frames: listOf(frame) },
        mechanism: { type: oneOf('generic', 'rum-boundary'), handled: flag },
      },
      1,
    ),
  },
  tags: { ...errorTags, session_id: uuid, 'datadog.session_id': uuid },
  contexts: { datadog: { session_id: uuid, replay: replayLink }, react: { componentStack } },
  fingerprint: listOf(fingerprint),
  sdk: { name: text(/^sentry\.javascript\.[a-z]+$/), version },
}
