import { scrubRumEvent } from './scrub-rum-event.ts'
import type { Statics } from './scrub-statics.ts'
import { pageOf, withheldUrl } from './scrub-url.ts'

/** What `beforeSend` gets, as far as it can be changed there (`limitModification.ts` of the SDK). */
interface SdkEvent {
  type: string
  view: Record<string, unknown>
  context?: unknown
  error?: Record<string, unknown>
  resource?: Record<string, unknown>
  action?: { target?: Record<string, unknown> }
  long_task?: { scripts?: Record<string, unknown>[] }
  _dd?: Record<string, unknown>
}

/**
 * Drops what the SDK made of errors by itself, scrubs what is left as far as the SDK lets us, and fails
 * closed: the SDK would send an event whose `beforeSend` threw, and never drops a view.
 */
export const scrubBeforeSend =
  (statics: Statics, tagsOf: WeakMap<object, object>) =>
  (event: SdkEvent, { error }: { error?: unknown } = {}): boolean => {
    try {
      if (event.type === 'error') {
        const tags = typeof error === 'object' && error !== null ? tagsOf.get(error) : undefined
        if (!tags) return false
        event.context = tags
      }
      const clean = scrubRumEvent(event, statics) as SdkEvent | undefined
      overwrite(event, clean, statics)
      return clean !== undefined
    } catch {
      quietly(() => overwrite(event, undefined, statics))
      return false
    }
  }

const quietly = (act: () => void): void => {
  try {
    act()
  } catch {
    // The intake drops what is left.
  }
}

/** Each field that can be changed gets its clean value or a constant. */
const overwrite = (event: SdkEvent, clean: SdkEvent | undefined, statics: Statics): void => {
  const { _dd: internals, action, error, long_task: task, resource, view } = event
  Object.assign(view, {
    url: clean?.view.url ?? withheldUrl,
    referrer: clean?.view.referrer ?? '',
    // By its route; what code called it is nobody's to check.
    name: pageOf(clean?.view.url, statics) ?? '',
  })
  const { lcp } = (view.performance ?? {}) as { lcp?: Record<string, unknown> }
  if (lcp && 'resource_url' in lcp) lcp.resource_url = withheldUrl
  event.context = clean?.context ?? {}
  if (internals && 'debug_ids' in internals) internals.debug_ids = []
  if (error)
    Object.assign(error, {
      message: clean?.error?.message ?? '',
      stack: clean?.error?.stack ?? '',
      handling_stack: '',
      fingerprint: '',
    })
  if (resource) resource.url = clean?.resource?.url ?? withheldUrl
  if (action?.target) action.target.name = clean?.action?.target?.name ?? ''
  for (const [index, script] of (task?.scripts ?? []).entries()) {
    script.source_url = clean?.long_task?.scripts?.[index]?.source_url ?? withheldUrl
    script.invoker = ''
  }
}
