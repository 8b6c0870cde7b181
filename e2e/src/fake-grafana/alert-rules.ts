import type { FastifyReply } from 'fastify'
import type { FakeServer } from './server.ts'
import type { Json, StoredRule, StoredRuleGroup } from './store.ts'

interface Place {
  readonly folder: string
  readonly group: string
}

interface Body {
  readonly interval: number
  readonly rules?: readonly PutRule[]
}

interface PutRule extends Json {
  readonly uid?: string
  readonly title?: string
  readonly condition?: string
  readonly data?: readonly { readonly refId: string; readonly model: Json }[]
}

const root = '/api/v1/provisioning'
const groupRoute = `${root}/folder/:folder/rule-groups/:group`

/**
 * https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/http-api-provisioning/, and for what it
 * refuses pkg/services/ngalert of grafana/grafana: api/api_provisioning.go, provisioning/alert_rules.go, models/alert_rule.go.
 */
export const alertRuleRoutes = (server: FakeServer): void => {
  const { app, store } = server

  app.get(`${root}/alert-rules`, () =>
    [...store.ruleGroups.values()].flatMap(({ rules }) => rules.map(listed)),
  )

  app.get<{ Params: Place }>(groupRoute, ({ params }, reply) => {
    const found = store.ruleGroups.get(keyOf(params))
    return found ? groupAnswer(found) : notFound(reply)
  })

  app.put<{ Params: Place; Body: Body }>(groupRoute, ({ body, headers, params }, reply) => {
    const problem = problemOf(server, params, body)
    if (problem !== undefined) return reply.code(400).send({ message: problem })
    const before = store.ruleGroups.get(keyOf(params))
    const keeper = before?.rules.find(({ provenance }) => provenance && provenance !== 'api')
    if (keeper)
      return reply.code(500).send({
        message: `cannot update with provided provenance '', needs '${keeper.provenance}'`,
      })
    const provenance = 'x-disable-provenance' in headers ? '' : 'api'
    const rules = (body.rules ?? []).map((rule, index) =>
      stored(server, params, rule, index, provenance),
    )
    store.ruleGroups.set(keyOf(params), {
      title: params.group,
      folderUid: params.folder,
      interval: body.interval,
      rules,
    })
    return { ...body, title: params.group, folderUid: params.folder }
  })

  app.delete<{ Params: Place }>(groupRoute, ({ params }, reply) =>
    store.ruleGroups.delete(keyOf(params)) ? reply.code(204).send() : notFound(reply),
  )
}

const keyOf = ({ folder, group }: Place): string => `${folder}/${group}`

const notFound = (reply: FastifyReply) =>
  reply.code(404).send({ message: 'rule group not found', messageId: 'alerting.alert-rule-group' })

const listed = ({ provenance, ...rule }: StoredRule) => ({
  ...rule,
  ...(provenance && { provenance }),
})

/** Whose a rule is, only the list of all tells. */
const groupAnswer = ({ rules, ...group }: StoredRuleGroup) => ({
  ...group,
  rules: rules.map(({ provenance: _provenance, ...rule }) => rule),
})

const problemOf = (
  { store }: FakeServer,
  { folder, group }: Place,
  { interval, rules = [] }: Body,
): string | undefined => {
  if (!store.folders.has(folder)) return 'invalid alert rule: folder does not exist'
  // The scheduler's pace.
  if (!(interval > 0) || interval % 10 !== 0)
    return `invalid alert rule: interval (${interval}s) should be non-zero and divided exactly by scheduler interval: 10s`
  const taken = [...store.ruleGroups.values()]
    .filter(({ folderUid, title }) => folderUid === folder && title !== group)
    .flatMap((each) => each.rules.map(({ title }) => title))
  const titles = rules.map(({ title }) => title)
  for (const [index, rule] of rules.entries()) {
    const problem = ruleProblem(rule)
    if (problem !== undefined) return `invalid alert rule: ${problem}`
    if (taken.includes(String(rule.title)) || titles.indexOf(rule.title) !== index)
      return 'a conflicting alert rule is found: rule title under the same organisation and folder should be unique'
  }
  return undefined
}

const ruleProblem = ({ condition, data = [], title = '', uid = '', ...rule }: PutRule) => {
  if (title === '') return 'title is empty'
  if ([...title].length > 190) return 'title is longer than 190 characters'
  if (!/^[\w-]{0,40}$/.test(uid)) return `uid ${uid} is no uid`
  if (!data.some(({ refId }) => refId === condition))
    return `condition ${condition} does not exist, must be one of the query refIds`
  if (!['NoData', 'OK', 'Alerting', 'KeepLast'].includes(String(rule['noDataState'])))
    return `unknown no data state ${String(rule['noDataState'])}`
  if (!['Error', 'OK', 'Alerting', 'KeepLast'].includes(String(rule['execErrState'])))
    return `unknown execution error state ${String(rule['execErrState'])}`
  const wrong = [rule['for'] ?? '0s', rule['keep_firing_for'] ?? '0s'].find(
    (span) => secondsIn(String(span)) === undefined,
  )
  return wrong === undefined ? undefined : `not a valid duration string: ${String(wrong)}`
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

const secondsIn = (text: string): number | undefined => {
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? []
  return count === undefined ? undefined : Number(count) * (units[unit] ?? 1)
}

/** As Go's Prometheus library writes it: 900s as 15m. */
const goDuration = (span: unknown): string => {
  const seconds = secondsIn(String(span ?? '0s')) ?? 0
  const [size, unit] =
    seconds % 3600 === 0 ? [3600, 'h'] : seconds % 60 === 0 ? [60, 'm'] : [1, 's']
  return seconds === 0 ? '0s' : `${seconds / Number(size)}${unit}`
}

let id = 0

const stored = (
  { major }: FakeServer,
  { folder, group }: Place,
  { data = [], keep_firing_for, missingSeriesEvalsToResolve, uid, ...rule }: PutRule,
  index: number,
  provenance: string,
): StoredRule => {
  id += 1
  return {
    isPaused: false,
    ...rule,
    id,
    uid: uid || `generated-${id}`,
    title: String(rule.title),
    orgID: 1,
    folderUID: folder,
    ruleGroup: group,
    updated: new Date(1_700_000_000_000 + id * 1000 + index).toISOString(),
    for: goDuration(rule['for']),
    // 12.0: https://github.com/grafana/grafana/pull/100750
    ...(major >= 12 && {
      keep_firing_for: goDuration(keep_firing_for),
      missingSeriesEvalsToResolve,
    }),
    data: data.map(({ model, ...query }) => ({
      queryType: '',
      ...query,
      model: { ...model, intervalMs: 1000, maxDataPoints: 43_200 },
    })),
    provenance,
  }
}
