import { GrafanaError, perhapsLater } from './grafana-error.ts'
import { expectOk } from './grafana-legacy.ts'
import { type GrafanaRequest } from './grafana-request.ts'
import { type JsonRecord, listOf, recordOf, textOf } from './json-record.ts'
import { retrying, type RetryOptions } from './retry.ts'

/** A group of alert rules as it is in Grafana. */
export interface LiveRuleGroup {
  readonly title: string
  /** In seconds. */
  readonly interval: number
  readonly rules: readonly JsonRecord[]
}

/** What the API takes. */
export interface RuleGroupDraft {
  readonly title: string
  readonly folderUid: string
  readonly interval: number
  readonly rules: readonly object[]
}

export interface AlertRuleApi {
  /** By the names of a folder's groups, who else keeps them, such as a file; undefined where nobody does. */
  ruleGroups(folder: string): Promise<ReadonlyMap<string, string | undefined>>
  readRuleGroup(folder: string, title: string): Promise<LiveRuleGroup | undefined>
  /** Replaces the group of that name; whoever calls looks before what that is. */
  saveRuleGroup(group: RuleGroupDraft): Promise<void>
  /** Also where it is gone already. */
  removeRuleGroup(folder: string, title: string): Promise<void>
}

/**
 * Every write may be repeated, and is while a failure may pass: it names all that is to be there.
 * https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/http-api-provisioning/
 */
export const grafanaAlertRules = (
  get: GrafanaRequest,
  request: GrafanaRequest,
  options: RetryOptions,
): AlertRuleApi => {
  const write = (method: string, path: string, body?: unknown) =>
    retrying(() => request(method, path, body, editable), perhapsLater, options)
  return {
    ruleGroups: async (folder) => {
      const answer = await get('GET', 'api/v1/provisioning/alert-rules')
      expectOk(answer, 'the alert rules cannot be read')
      return keepersOf(listOf(answer.json).map(recordOf), folder)
    },
    readRuleGroup: async (folder, title) => {
      const answer = await get('GET', groupPath(folder, title))
      if (answer.status === 404) return undefined
      expectOk(answer, `the rule group ${title} cannot be read`)
      const { interval, rules } = recordOf(answer.json)
      return { title, interval: Number(interval), rules: listOf(rules).map(recordOf) }
    },
    saveRuleGroup: async (group) => {
      const { folderUid, title } = group
      const answer = await write('PUT', groupPath(folderUid, title), group)
      if (answer.status === 409) throw groupChangedMeanwhile(title)
      expectOk(answer, `the rule group ${title} cannot be saved`)
    },
    removeRuleGroup: async (folder, title) => {
      const answer = await write('DELETE', groupPath(folder, title))
      if (answer.status !== 404) expectOk(answer, `the rule group ${title} cannot be removed`)
    },
  }
}

// A group by itself does not tell.
const keepersOf = (
  rules: readonly JsonRecord[],
  folder: string,
): ReadonlyMap<string, string | undefined> => {
  const keepers = new Map<string, string | undefined>()
  for (const { folderUID, provenance, ruleGroup } of rules) {
    const [group, keeper] = [textOf(ruleGroup), textOf(provenance)]
    if (folderUID !== folder || group === undefined) continue
    // What came by this API, nobody keeps.
    keepers.set(group, (keeper === 'api' ? undefined : keeper) ?? keepers.get(group))
  }
  return keepers
}

// Else nobody could pause or try out a rule in Grafana.
const editable = { 'x-disable-provenance': 'true' }

const groupPath = (folder: string, title: string): string =>
  `api/v1/provisioning/folder/${encodeURIComponent(folder)}/rule-groups/${encodeURIComponent(title)}`

export const groupChangedMeanwhile = (title: string): GrafanaError =>
  new GrafanaError(
    `somebody saved the rule group ${title} at the same time. It was left as they made it; publish again to see their change.`,
    'changed',
  )
