import type { DatadogKind } from '../datadog/datadog-object.ts'
import type { DatadogAccess } from './datadog-access.ts'
import { DatadogError } from './datadog-error.ts'
import {
  type LiveObject,
  liveObject,
  dashboardsOfSet,
  markedMonitors,
  markedSlos,
} from './datadog-lists.ts'
import {
  type DatadogAnswer,
  type DatadogQuestion,
  type DatadogRequest,
  datadogRequest,
  type DatadogRequestOptions,
} from './datadog-request.ts'
import { type JsonRecord, listOf, recordOf } from './json-record.ts'
import { type Retryable, retrying, type RetryOptions } from './retry.ts'

export interface DatadogOptions extends DatadogRequestOptions, RetryOptions {}

/**
 * Datadog's API, version 1. Reading is repeated while a failure may pass; of writing, what was held back by a rate limit. Every method
 * rejects with a {@link DatadogError}.
 */
export interface Datadog {
  /** Where people look at it, such as `https://app.datadoghq.eu`. */
  readonly url: string
  /** All of a set that bear our mark. @param set as a tag has it */
  readonly slos: (set: string) => Promise<readonly LiveObject[]>
  readonly monitors: (set: string) => Promise<readonly LiveObject[]>
  /** Ids of what may be among them. @param titles of what the set would publish */
  readonly dashboards: (set: string, titles: ReadonlySet<unknown>) => Promise<readonly string[]>
  readonly read: (kind: DatadogKind, id: string) => Promise<LiveObject | undefined>
  /** Whether Datadog would take a monitor, without making it. @param id of the one that it is to replace */
  readonly validateMonitor: (json: JsonRecord, id?: string) => Promise<void>
  readonly create: (kind: DatadogKind, json: JsonRecord) => Promise<LiveObject>
  readonly update: (kind: DatadogKind, id: string, json: JsonRecord) => Promise<LiveObject>
  /** Refuses where something else refers to it; it is done then if it is gone already. */
  readonly remove: (kind: DatadogKind, id: string) => Promise<void>
  /** How what is looked after is repeated. */
  readonly retry: RetryOptions
}

const paths: Readonly<Record<DatadogKind, string>> = {
  slo: '/api/v1/slo',
  monitor: '/api/v1/monitor',
  dashboard: '/api/v1/dashboard',
}

/** Asks whether the keys are known, and nothing else. */
export const connectDatadog = async (
  access: DatadogAccess,
  options: DatadogOptions = {},
): Promise<Datadog> => {
  const request = await datadogRequest(access, options)
  const known = () => knowsKey((question) => retrying(() => request(question), mayPass, options))
  const asking =
    (retryable: Retryable): DatadogRequest =>
    async (question) => {
      try {
        return await retrying(() => request(question), retryable, options)
      } catch (error) {
        // It says the same of a key that was revoked as of one that may not do this one thing.
        if (isRefusal(error)) await known()
        throw error
      }
    }
  const get = asking(mayPass)
  const write = asking(wasHeldBack)
  await known()
  return {
    url: appUrl(access.site),
    slos: (set) => markedSlos(get, set),
    monitors: (set) => markedMonitors(get, set),
    dashboards: (set, titles) => dashboardsOfSet(get, set, titles),
    read: async (kind, id) => {
      const answer = await get({ method: 'GET', path: pathOf(kind, id) })
      return answer.status === 404 ? undefined : liveIn(kind, answer)
    },
    validateMonitor: async (json, id) => {
      const path = `${id === undefined ? paths.monitor : pathOf('monitor', id)}/validate`
      okay(await get({ method: 'POST', path, body: json }), 'the monitor is not valid')
    },
    create: (kind, json) => written(write, kind, { method: 'POST', path: paths[kind], body: json }),
    update: (kind, id, json) =>
      written(write, kind, { method: 'PUT', path: pathOf(kind, id), body: json }),
    remove: async (kind, id) => {
      const answer = await write({ method: 'DELETE', path: pathOf(kind, id) })
      if (answer.status !== 404) okay(answer, 'it cannot be removed')
    },
    retry: options,
  }
}

/** US1 and EU have their app below `app.`, the others have a name of their own: https://docs.datadoghq.com/getting_started/site */
const appUrl = (site: string): string =>
  /^[^.]+\.[^.]+$/.test(site) ? `https://app.${site}` : `https://${site}`

/** It judges the API key alone; the first list judges the other. */
const knowsKey = async (ask: DatadogRequest): Promise<void> => {
  try {
    const { json } = await ask({ method: 'GET', path: '/api/v1/validate' })
    if (recordOf(json)['valid'] === true) return
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  throw new DatadogError(
    'Datadog does not know the API key. Give DD_API_KEY of this site, and see that it was not revoked.',
    'nothing',
  )
}

const isRefusal = (error: unknown): boolean =>
  error instanceof DatadogError && error.hope === 'refused'

const pathOf = (kind: DatadogKind, id: string): string => `${paths[kind]}/${encodeURIComponent(id)}`

const written = async (
  write: DatadogRequest,
  kind: DatadogKind,
  question: DatadogQuestion,
): Promise<LiveObject> => {
  const answer = await write(question)
  okay(answer, 'it cannot be saved')
  return liveIn(kind, answer)
}

const okay = ({ json, said, status }: DatadogAnswer, what: string): void => {
  if (status < 300) return
  // What refers to a thing that is to be removed is told by its id.
  const references = Object.values(recordOf(recordOf(json)['errors']))
    .flat()
    .join('; ')
  const size = status === 413 ? 'it is larger than Datadog takes' : ''
  const why = [said, references, size].filter((each) => each !== '').join('; ')
  throw new DatadogError(`${what}: Datadog answered ${status} ${why}`.trimEnd(), 'refused')
}

const liveIn = (kind: DatadogKind, answer: DatadogAnswer): LiveObject => {
  okay(answer, 'it cannot be read')
  const { data } = recordOf(answer.json)
  const json =
    kind === 'slo' ? recordOf(Array.isArray(data) ? listOf(data)[0] : data) : recordOf(answer.json)
  const live = liveObject(kind, json)
  if (live) return live
  throw new DatadogError('Datadog answered with something that has no id.', 'refused')
}

export const mayPass = (error: unknown): false | { readonly atLeast: number | undefined } =>
  error instanceof DatadogError && error.hope === 'later' && { atLeast: error.retryAfter }

/** Not so what may have been done though its answer is lost. */
const wasHeldBack = (error: unknown): false | { readonly atLeast: number | undefined } =>
  error instanceof DatadogError && error.wasHeldBack && { atLeast: error.retryAfter }

/** The rest of what may pass: it is to be looked at what became of it. */
export const mayBeDone = (error: unknown): false | { readonly atLeast: number | undefined } =>
  error instanceof DatadogError && !error.wasHeldBack && mayPass(error)
