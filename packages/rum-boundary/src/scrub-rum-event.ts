import { catalogName, declaredName, oneOf, rebuild, type Shape } from './rum-event-shape.ts'
import {
  action,
  common,
  error,
  internals,
  longTask,
  resource,
  view,
  vital,
} from './rum-event-fields.ts'
import type { Statics } from './scrub-statics.ts'
import { isDeclaredUrl } from './scrub-url.ts'

/**
 * An event of Datadog's SDK, rebuilt from the fields that are known here (format 2, SDK 7.16). Nothing where
 * its type is not known, or where it says no more than what is withheld.
 */
export const scrubRumEvent = (event: unknown, statics: Statics): object | undefined => {
  const type = (event as { readonly type?: unknown } | null | undefined)?.type
  const of = typeof type === 'string' ? shapes.get(type) : undefined
  if (!of?.required(event as AnyEvent, statics)) return undefined
  const clean = rebuild(
    { ...common, type: oneOf(type), ...of.shape, _dd: internals },
    event,
    statics,
  ) as { readonly error?: CleanError } | undefined
  return clean?.error ? { ...clean, error: withHead(clean.error) } : clean
}

interface CleanError {
  readonly type?: string
  readonly message?: string
  readonly stack?: string
}

/** Datadog expects a stack to begin as engines do it. */
const withHead = ({ message = '', stack, type = 'Error', ...more }: CleanError): CleanError => ({
  ...more,
  type,
  message,
  ...(stack !== undefined && { stack: [`${type}: ${message}`, stack].filter(Boolean).join('\n') }),
})

interface AnyEvent {
  readonly error?: { readonly source?: unknown }
  readonly resource?: { readonly url?: unknown }
  readonly vital?: { readonly name?: unknown }
  readonly context?: { readonly team?: unknown }
}

interface EventShape {
  readonly shape: Shape
  readonly required: (event: AnyEvent, statics: Statics) => boolean
}

const shapes: ReadonlyMap<string, EventShape> = new Map<string, EventShape>([
  ['view', { shape: view, required: () => true }],
  ['action', { shape: action, required: () => true }],
  ['long_task', { shape: longTask, required: () => true }],
  [
    // The SDK's own errors (console, network, reports) say what the reporter says already, unscrubbed.
    'error',
    {
      shape: error,
      required: (event, statics) =>
        event.error?.source === 'custom' && catalogName(event.context?.team, statics) !== undefined,
    },
  ],
  [
    // Requests of others, such as another tracker's, are none of the app's.
    'resource',
    {
      shape: resource,
      required: (event, statics) => isDeclaredUrl(event.resource?.url, statics),
    },
  ],
  [
    'vital',
    {
      shape: vital,
      required: (event, statics) => declaredName(event.vital?.name, statics) !== undefined,
    },
  ],
])
