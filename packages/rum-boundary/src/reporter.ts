import { noFeature, stepAction, unowned, type WebApp } from 'cx-definition'
import { createBudget } from './budget.ts'
import { fingerprint } from './fingerprint.ts'
import { watchGlobalErrors } from './global-errors.ts'
import { createOutlet } from './outlet.ts'
import { pageState, type Told } from './page-state.ts'
import type { ErrorCounter, Sink } from './sink.ts'

/** What `startErrorReporting` needs to know. */
export interface ErrorReportingOptions {
  readonly app: WebApp
  readonly sinks?: readonly Sink[]
  /** Counts every error, and needs no consent: it is told names of the catalog alone. */
  readonly counter?: ErrorCounter
  /** `pending` when it is left out: sinks that need it hold some errors until it is given, and forget them when it is not. */
  readonly consent?: 'granted' | 'pending'
  /**
   * The sink from which alerts are raised, by its name; what the others get is tagged `shadow`. All are primary
   * without it, or where no sink is called so: better two alerts than none.
   */
  readonly primary?: string
}

/** The page's reporter. */
export interface ErrorReporting {
  /** May be called again: what was granted can be withdrawn, and the other way round. */
  consent(choice: 'granted' | 'denied'): void
  /** Sends what is held back to be told together. It is called when the page is hidden. */
  flush(): void
  /** Sends what is held back, and listens no more. */
  stop(): void
}

const nothing = (): void => {}

/** Begins to report. A page has one reporter: a second start gives the first one. Does nothing on a server. */
export const startErrorReporting = (options: ErrorReportingOptions): ErrorReporting => {
  if (typeof document === 'undefined') return { consent: nothing, flush: nothing, stop: nothing }
  return (pageState.reporting ??= start(options))
}

const start = ({
  app,
  consent = 'pending',
  counter,
  primary,
  sinks = [],
}: ErrorReportingOptions): ErrorReporting => {
  const outlets = sinks.map(createOutlet)
  const hasPrimary = sinks.some(({ name }) => name === primary)
  const recorder = sinks.find((sink) => sink.session)
  const session = recorder && (() => attempt(() => recorder.session?.()))

  const budget = createBudget((error, suppressed) => {
    for (const { send, sink } of outlets)
      send({
        ...error,
        suppressed,
        tracker: !hasPrimary || sink.name === primary ? 'primary' : 'shadow',
      })
  })

  let telling = false
  const take = ({
    at = Date.now(),
    boundary,
    componentStack,
    error,
    feature,
    owner,
    source,
  }: Told): void => {
    // A sink that reports what it does itself would never end.
    if (telling) return
    telling = true
    try {
      attempt(() => counter?.error({ owner, feature, source }))
      const team = owner?.name ?? unowned
      budget.admit({
        error,
        team,
        feature: feature?.name ?? noFeature,
        app: app.name,
        source,
        ...(boundary !== undefined && { boundary }),
        ...(componentStack && { componentStack }),
        fingerprint: fingerprint(error),
        at,
        ...(session && { session }),
      })
    } finally {
      telling = false
    }
  }

  attempt(() =>
    counter?.onStep?.((journey, step, event) => {
      for (const { act } of outlets) act(stepAction(journey, step, event))
    }),
  )

  pageState.take = take
  const globals = watchGlobalErrors()
  const flush = (): void => {
    globals.settle()
    budget.settle()
  }
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') flush()
  }
  // Before the SDKs, which send what they have when they hear of it.
  addEventListener('visibilitychange', hidden, true)
  addEventListener('pagehide', flush, true)

  const choose = (choice: 'granted' | 'denied'): void => {
    for (const outlet of outlets)
      if (outlet.sink.needsConsent) outlet[choice === 'granted' ? 'open' : 'close']()
  }
  for (const outlet of outlets)
    if (consent === 'granted' || !outlet.sink.needsConsent) outlet.open()
  pageState.early.splice(0).forEach(take)

  return {
    consent: choose,
    flush,
    stop() {
      flush()
      removeEventListener('visibilitychange', hidden, true)
      removeEventListener('pagehide', flush, true)
      globals.stop()
      budget.stop()
      for (const outlet of outlets) outlet.close()
      pageState.take = undefined
      pageState.reporting = undefined
    },
  }
}

const attempt = <Result>(work: () => Result): Result | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}
