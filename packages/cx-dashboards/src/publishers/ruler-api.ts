import { stringify } from 'yaml'
import { readYaml } from './read-yaml.ts'
import { type Retryable, retrying, type RetryOptions } from './retry.ts'
import type { RulerAccess } from './ruler-access.ts'
import { type RulerAnswer, RulerError, rulerRequest, saidBy } from './ruler-request.ts'

/**
 * The part of a ruler's HTTP API that rules need: https://grafana.com/docs/mimir/latest/references/http-api/#ruler-rules.
 * Everything in it may be repeated, and is while a failure may pass. Every method rejects with a {@link RulerError}.
 */
export interface Ruler {
  readonly url: string
  /** What each namespace of the tenant holds, as it is in the YAML. */
  list(): Promise<ReadonlyMap<string, unknown>>
  /** One group, as it is in the YAML; undefined where there is none. */
  read(namespace: string, group: string): Promise<unknown>
  /** Replaces a group of that name; whoever calls looks before what that is. */
  put(namespace: string, group: { readonly name: string }): Promise<void>
  /** Also where it is gone already. */
  remove(namespace: string, group: string): Promise<void>
}

export interface RulerOptions extends RetryOptions {
  readonly request?: typeof fetch
}

export const connectRuler = (access: RulerAccess, options: RulerOptions = {}): Ruler => {
  const { request = fetch } = options
  const call = (method: string, path: string, body?: string) =>
    retrying(() => rulerRequest(access, request, method, path, body), perhapsLater, options)
  return {
    url: access.url.href,
    list: async () => namespacesIn(await call('GET', rulesPath)),
    read: async (namespace, group) => {
      const answer = await call('GET', groupPath(namespace, group))
      if (isGone(answer)) return undefined
      expectDone(answer)
      return yamlIn(answer.text, answer.what)
    },
    put: async (namespace, group) => {
      const path = `${rulesPath}/${encodeURIComponent(namespace)}`
      expectDone(await call('POST', path, stringify(group, { lineWidth: 0 })))
    },
    remove: async (namespace, group) => {
      const answer = await call('DELETE', groupPath(namespace, group))
      if (!isGone(answer)) expectDone(answer)
    },
  }
}

const rulesPath = 'prometheus/config/v1/rules'

const groupPath = (namespace: string, group: string): string =>
  `${rulesPath}/${encodeURIComponent(namespace)}/${encodeURIComponent(group)}`

/**
 * Of the API, and not of a server that has none: that one says so in words of its own.
 * pkg/ruler/rulestore/store.go of Mimir: ErrGroupNotFound and ErrGroupNamespaceNotFound.
 */
const isGone = ({ status, text }: RulerAnswer): boolean =>
  status === 404 && /does not exist/.test(text)

const perhapsLater: Retryable = (error) =>
  error instanceof RulerError && error.hope === 'later' && { atLeast: error.retryAfter }

const namespacesIn = (answer: RulerAnswer): ReadonlyMap<string, unknown> => {
  const { status, text, what } = answer
  // Before 2.11 a tenant without rules was answered so.
  if (status === 404 && /no rule groups found/i.test(text)) return new Map()
  expectDone(answer)
  const value = /^\s*</.test(text) ? undefined : (yamlIn(text, what) ?? {})
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RulerError(
      `${what}: it answers with something other than rules. Is --ruler that of a ruler?`,
      'nothing',
    )
  }
  return new Map(Object.entries(value))
}

const yamlIn = (text: string, what: string): unknown => {
  try {
    return readYaml(text, what)
  } catch (error) {
    throw new RulerError((error as Error).message, 'nothing', { cause: error })
  }
}

const expectDone = ({ status, text, what }: RulerAnswer): void => {
  if (status >= 200 && status < 300) return
  const said = saidBy(text)
  const isOfNoUse = isUnknown(status, said) || status === 404 || (status >= 300 && status < 400)
  throw new RulerError(`${what}: ${problemOf(status, said)}`, isOfNoUse ? 'nothing' : 'refused')
}

const isUnknown = (status: number, said: string): boolean =>
  status === 401 || (status === 400 && /no valid org id|no org id/i.test(said))

const problemOf = (status: number, said: string): string => {
  if (isUnknown(status, said)) {
    return 'the ruler does not know who asks. Set RULER_TENANT, and RULER_TOKEN where it wants one.'
  }
  if (status === 403) return `that is not allowed (${said}). May this token write rules?`
  if (status === 404) return 'there is no ruler’s API. Is --ruler right, with its sub-path?'
  if (status >= 300 && status < 400)
    return 'it redirects, perhaps to a login page. Is --ruler right?'
  if (/rules per rule group limit/.test(said)) {
    return `${said}. Raise ruler_max_rules_per_rule_group for the tenant; Mimir’s default is 20.`
  }
  if (/rule groups limit/.test(said)) {
    return `${said}. Raise ruler_max_rule_groups_per_tenant; an objective takes two.`
  }
  return `the ruler answered ${status} ${said}`
}
