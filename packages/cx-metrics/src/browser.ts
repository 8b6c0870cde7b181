/// <reference lib="dom" />
import {
  type ErrorSource,
  type Feature,
  type Journey,
  type JourneyEvent,
  noFeature,
  type Owner,
  unowned,
  type WebApp,
} from 'cx-definition'
import { createQueue } from './browser-queue.ts'
import { quietly } from './browser-quietly.ts'
import { createSessionMemory, remember } from './browser-session.ts'
import { observeVitals } from './browser-vitals.ts'

export interface BrowserMetricsOptions<Page extends string = string> {
  readonly app: WebApp<string, Page>
  /** Where the service has `cx-metrics/beacon`. */
  readonly endpoint?: string
  /** Counts errors and rejections that nothing caught as `unowned`. Leave it out where something else reports them. */
  readonly uncaught?: boolean
}

/** Records names of the catalog and numbers; never throws, and never sends text, a URL or an id. */
export interface BrowserMetrics<Page extends string = string> {
  /** Says which page is shown from now on, by its route template; web vitals need it. */
  page(template: Page): void
  journey<Step extends string>(journey: Journey<string, Step>): JourneyRecorder<Step>
  error(error: BrowserError): void
  /** Tells each step as it is counted, the first listener also of the first 20 before. What a listener throws stays in it. */
  onStep(listener: StepListener): void
}

export type StepListener = (journey: string, step: string, event: JourneyEvent) => void

/** Of one journey: tells which steps a person comes to. */
export interface JourneyRecorder<Step extends string = string> {
  /** Counts once until the step is completed, through reloads as well. */
  entered(step: Step): void
  /** Also records the time since the step was entered. */
  completed(step: Step): void
  /** A try to complete the step failed; the person may try again. */
  failed(step: Step): void
}

/** Whose error it was and how it became known; without an owner it counts as `unowned`. */
export interface BrowserError {
  /** `unowned` when it is left out. */
  readonly owner?: Owner | undefined
  readonly feature?: Feature | undefined
  /** `reported` when it is left out. */
  readonly source?: ErrorSource
}

/** By app: a second start, such as that of a module loaded anew, must not count everything twice. */
const started = new Map<string, BrowserMetrics>()

/** Begins to measure. Does nothing on a server, so that code that renders there too may call it. */
export const startBrowserMetrics = <Page extends string>(
  options: BrowserMetricsOptions<Page>,
): BrowserMetrics<Page> => {
  const known = started.get(options.app.name)
  if (known) return known
  let metrics = inert
  if (typeof document !== 'undefined') {
    try {
      metrics = measure(options)
    } catch {
      // A browser that lacks what we build on has an app all the same.
    }
  }
  started.set(options.app.name, metrics)
  return metrics
}

const nothing = (): void => {}
const inert: BrowserMetrics = {
  page: nothing,
  journey: () => ({ entered: nothing, completed: nothing, failed: nothing }),
  error: nothing,
  onStep: nothing,
}

const measure = ({
  app,
  endpoint = '/cx/beacon',
  uncaught = false,
}: BrowserMetricsOptions): BrowserMetrics => {
  const queue = createQueue(app.name, endpoint)
  const withSession = createSessionMemory(app.name, secondsNow, () =>
    queue.add({ type: 'session' }),
  )

  const listeners: StepListener[] = []
  const early: Parameters<StepListener>[] = []
  const tell = (...step: Parameters<StepListener>): void => {
    if (listeners.length === 0 && early.length < mostEarly) early.push(step)
    for (const listener of listeners) quietly(() => listener(...step))(undefined)
  }
  const step: StepListener = (journey, name, event) => {
    let isCounted = false
    withSession(({ open }) => {
      const key = `${journey}/${name}`
      const at = open.findIndex(([opened]) => opened === key)
      if (event === 'entered') {
        if (at >= 0) return
        remember(open, [key, tenths(secondsNow())])
      }
      const since = event === 'completed' && at >= 0 ? open.splice(at, 1)[0]?.[1] : undefined
      const seconds = since === undefined ? undefined : tenths(secondsNow() - since)
      queue.add({
        type: 'step',
        journey,
        step: name,
        event,
        ...(seconds !== undefined && { seconds }),
      })
      isCounted = true
    })
    if (isCounted) tell(journey, name, event)
  }

  const error = ({ feature, owner, source = 'reported' }: BrowserError): void =>
    withSession(({ hit }) => {
      const labels = { owner: owner?.name ?? unowned, feature: feature?.name ?? noFeature, source }
      queue.add({ type: 'error', ...labels })
      if (hit.includes(labels.owner)) return
      remember(hit, labels.owner)
      queue.add({ type: 'error-session', ...labels })
    })

  const shown = observeVitals((name, page, value) =>
    queue.add({ type: 'vital', name, page, value }),
  )

  withSession(nothing)
  // web-vitals listens while the event is captured, so its last values are there already. A page that is
  // left while it shows is hidden after its pagehide; only one that was hidden before has to send then.
  const lookOut = quietly(() =>
    document.visibilityState === 'hidden' ? queue.flush() : withSession(nothing),
  )
  document.addEventListener('visibilitychange', lookOut)
  addEventListener('pagehide', lookOut)
  if (uncaught) {
    // What browsers say of their own layout loop is no error of the app.
    addEventListener(
      'error',
      quietly(({ message }) => {
        if (!message.startsWith('ResizeObserver')) error({ source: 'error' })
      }),
    )
    addEventListener(
      'unhandledrejection',
      quietly(() => error({ source: 'rejection' })),
    )
  }

  return {
    page: quietly(shown),
    journey: ({ name }) => ({
      entered: quietly((entered) => step(name, entered, 'entered')),
      completed: quietly((completed) => step(name, completed, 'completed')),
      failed: quietly((failed) => step(name, failed, 'failed')),
    }),
    error: quietly(error),
    onStep: (listener) => {
      listeners.push(listener)
      for (const told of early.splice(0)) tell(...told)
    },
  }
}

/** A router may begin before whoever listens. */
const mostEarly = 20

/** Wall-clock time that does not jump while a page lives. */
const secondsNow = (): number => (performance.timeOrigin + performance.now()) / 1000

const tenths = (seconds: number): number => Number(seconds.toFixed(1))
