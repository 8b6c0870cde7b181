/// <reference lib="dom" />
import { datadogRum, type RumBeforeSend } from '@datadog/browser-rum'
import type { ErrorSource } from 'cx-definition'
import { scrubBeforeSend } from './rum-before-send.ts'
import { sdkOptions } from './rum-options.ts'
import { rebuild, replayLink } from './rum-event-shape.ts'
import { scrubError } from './scrub-error.ts'
import { errorTags } from './rum-event-fields.ts'
import { type Preset, type Statics, staticsOf } from './scrub-statics.ts'
import type { RecordedSession } from './sink.ts'

export interface RumOptions {
  readonly applicationId: string
  readonly clientToken: string
  /** Such as `datadoghq.eu`. Where it leads is decided by the intake; the SDK needs it for links. */
  readonly site?: string
  /** The app's name, by which the intake knows its rules. */
  readonly service: string
  readonly env: string
  readonly version: string
  readonly preset: Preset
  /** Where `rum-boundary/intake` is. Without it nothing starts. */
  readonly intake: string
  readonly statics: Statics
  /** Percentage of sessions that are replayed from their beginning; the others from their first error on. */
  readonly replaySampleRate?: number
  /** Of the SDK's worker script, for a content security policy that forbids `blob:` workers. */
  readonly workerUrl?: string
}

/** Says who owns an error; `at` in milliseconds since 1970. */
export interface RumTags {
  readonly team: string
  readonly feature: string
  readonly app: string
  readonly source: ErrorSource
  readonly tracker: 'primary' | 'shadow'
  readonly boundary?: string | undefined
  readonly component_stack?: string | undefined
  readonly suppressed: number
  readonly at: number
}

export interface Rum {
  /** Sends a scrubbed copy of whatever was thrown. */
  addError(error: unknown, tags: RumTags): void
  /** One whose name the app declared; another would only be known as masked. */
  addAction(name: string): void
  session(): RecordedSession | undefined
  stop(): void
}

/** Whose fields were compared one by one with what is scrubbed here. */
const testedVersion = '7.16.'
const pageKey = Symbol.for('rum-boundary.rum')

interface Running extends Rum {
  /** After a stop. */
  resume(): void
}

/**
 * Starts Datadog's SDK so that it tells nothing but what is static, or does not start it. `globalBefore` is
 * what the page had as `DD_RUM` before this module was loaded, which brings an SDK and takes the name.
 */
export const startRum = (options: RumOptions, globalBefore: unknown): Rum | undefined => {
  const running = Reflect.get(globalThis, pageKey) as Running | undefined
  if (running) {
    running.resume()
    return running
  }
  const refusal = refusalOf(options, globalBefore)
  if (refusal !== undefined) {
    console.error(`rum-boundary: Datadog RUM was not started. ${refusal}`)
    return undefined
  }
  if (!datadogRum.version?.startsWith(testedVersion)) {
    console.warn(
      `rum-boundary: made for @datadog/browser-rum ${testedVersion}x, found ${datadogRum.version}. What is new in it will be dropped by the intake.`,
    )
  }
  const rum = start(options)
  Reflect.set(globalThis, pageKey, rum)
  return rum
}

const refusalOf = ({ intake }: RumOptions, otherCopy: unknown): string | undefined => {
  if (!intake) return 'It has no intake, which is what cleans its events and replays.'
  if (otherCopy && otherCopy !== datadogRum)
    return 'Another copy of its SDK is on the page: bundle one version of @datadog/browser-rum, and load none from a CDN.'
  if (datadogRum.getInitConfiguration())
    return 'Its SDK runs already with options that are not ours: leave datadogRum.init to datadogSink.'
  return undefined
}

const start = (options: RumOptions): Running => {
  let stopped = false
  const statics = staticsOf(options.statics, options.preset)
  const tagsOf = new WeakMap<object, object>()
  // The list is the SDK's own, by lower case.
  Reflect.set(
    globalThis,
    '$DD_ALLOW',
    new Set(statics.texts.map((text) => text.toLocaleLowerCase())),
  )
  datadogRum.init(
    sdkOptions(options, statics, scrubBeforeSend(statics, tagsOf) as unknown as RumBeforeSend),
  )
  // Nobody is known by name, whatever the app told the SDK before.
  datadogRum.clearUser()
  datadogRum.clearAccount()
  const replayUrl = () => liveLink(datadogRum.getSessionReplayLink(), statics)
  return {
    addError: (error, tags) => {
      // The SDK would keep it until there is consent again.
      if (stopped) return
      const { message, name, stack } = scrubError(error, statics)
      const copy = Object.assign(new Error(message), { name, stack })
      const clean = rebuild(errorTags, tags, statics) ?? {}
      // Known a moment after the start, and so asked for when the event is sent.
      Object.defineProperty(clean, 'replay_url', { enumerable: true, get: replayUrl })
      tagsOf.set(copy, clean)
      datadogRum.startSessionReplayRecording({ force: true })
      datadogRum.addError(copy, clean)
    },
    addAction: (name) => {
      if (!stopped) datadogRum.addAction(name)
    },
    session: () => {
      const id = datadogRum.getInternalContext()?.session_id
      if (id === undefined) return undefined
      return { id, replayUrl: replayUrl() }
    },
    stop: () => {
      stopped = true
      datadogRum.stopSessionReplayRecording()
      datadogRum.setTrackingConsent('not-granted')
    },
    resume: () => {
      stopped = false
      datadogRum.setTrackingConsent('granted')
    },
  }
}

/** Links that lead nowhere say why in a parameter. */
const liveLink = (link: string | undefined, statics: Statics): string | undefined =>
  link === undefined || /error-type=|no-session-id/.test(link)
    ? undefined
    : (replayLink(link, statics) as string | undefined)
