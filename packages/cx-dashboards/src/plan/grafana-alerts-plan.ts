import { buildGrafanaAlerts } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import type { GrafanaRule } from '../grafana-alerting/grafana-rule.ts'
import { groupPrefix, type GrafanaRuleGroup } from '../grafana-alerting/grafana-rule-groups.ts'
import { groupChangedMeanwhile, type LiveRuleGroup } from '../publishers/grafana-alert-rules.ts'
import type { Grafana } from '../publishers/grafana-api.ts'
import { GrafanaError } from '../publishers/grafana-error.ts'
import type { JsonRecord } from '../publishers/json-record.ts'
import { conflict, type Obstacle } from './conflict.ts'
import { asPrometheusGroup, ruleState, withState, writtenState } from './grafana-alert-state.ts'
import { inParallel } from './in-parallel.ts'
import type { PlanOptions, Step } from './step.ts'

/**
 * What publishing would do to the alert rules that Grafana evaluates. Ours are the groups of the set's folder whose names begin with
 * `cx-`; no other is written. Nothing is asked where the set has none, unless what is left over is to go.
 * @throws {GrafanaError} where something cannot be read
 */
export const planGrafanaAlerts = async (
  set: DashboardSet,
  grafana: Grafana,
  options: PlanOptions = {},
): Promise<readonly Step[]> => {
  const wanted = buildGrafanaAlerts(set)
  if (wanted.length === 0 && !(options.prune && set.alerting)) return []
  if (wanted.length > 0) expectKeepsFiring(grafana)
  const folder = set.folder.uid
  const live = await ourGroups(folder, grafana).catch(unlessWanted(wanted))
  const left = [...live.values()].filter((found) => isLeftOver(found, wanted))
  return [
    ...wanted.map((group) => groupStep(group, live.get(group.title), grafana, options)),
    ...(options.prune ? left.map((found) => staleStep(found, folder, grafana, options)) : []),
  ]
}

interface OurGroup {
  readonly group: LiveRuleGroup
  /** Such as `file`; then nothing else can save it. */
  readonly keptBy: string | undefined
}

const ourGroups = async (
  folder: string,
  grafana: Grafana,
): Promise<ReadonlyMap<string, OurGroup>> => {
  const keepers = await grafana.ruleGroups(folder)
  const ours = [...keepers].filter(([title]) => title.startsWith(groupPrefix))
  const found = await inParallel(ours, async ([title, keptBy]): Promise<OurGroup[]> => {
    const group = await grafana.readRuleGroup(folder, title)
    return group ? [{ group, keptBy }] : []
  })
  return new Map(found.flat().map((each) => [each.group.title, each]))
}

/** Of a group in which nothing was ever ours, only the name is like ours. */
const isLeftOver = ({ group }: OurGroup, wanted: readonly GrafanaRuleGroup[]): boolean =>
  !wanted.some(({ title }) => title === group.title) &&
  group.rules.some((rule) => writtenState(rule) !== undefined)

/** Who has no alerts in Grafana needs no right to read them: nothing is left over then. */
const unlessWanted =
  (wanted: readonly GrafanaRuleGroup[]) =>
  (error: unknown): ReadonlyMap<string, OurGroup> => {
    if (wanted.length === 0 && error instanceof GrafanaError && error.hope === 'refused')
      return new Map()
    throw error
  }

/** An older Grafana forgets for how long an alert is to be kept, which would be told again and again. */
const expectKeepsFiring = ({ version }: Grafana): void => {
  if (Number.parseInt(version, 10) >= 12) return
  throw new GrafanaError(
    `Grafana ${version} cannot evaluate the alerts: that takes 12 or later. Update it, or leave alerting.grafanaManaged out.`,
    'nothing',
  )
}

const about = (folder: string, title: string) =>
  ({ target: 'Grafana', kind: 'rule group', name: `${folder}/${title}`, title }) as const

const groupStep = (
  group: GrafanaRuleGroup,
  found: OurGroup | undefined,
  grafana: Grafana,
  options: PlanOptions,
): Step => {
  const { folderUid, interval, title } = group
  const live = found?.group
  const rules = group.rules.map(withState)
  const step = {
    ...about(folderUid, title),
    desired: asPrometheusGroup(title, interval, recordsOf(rules)),
    apply: async () => {
      await expectUnchanged(live, folderUid, title, grafana)
      await grafana.saveRuleGroup({ ...group, rules: rules.map((rule) => pausedAs(live, rule)) })
      return `put ${title}`
    },
  }
  if (!found) return { ...step, action: 'create' }
  const there = { ...step, live: asPrometheusGroup(title, found.group.interval, found.group.rules) }
  if (isSame(group, found.group)) return { ...there, action: 'same' }
  return withObstacle({ ...there, action: 'update' }, found, options)
}

const recordsOf = (rules: readonly GrafanaRule[]): readonly JsonRecord[] =>
  rules.map((rule) => ({ ...rule }))

/** Whoever paused a rule goes on deciding about that. */
const pausedAs = (live: LiveRuleGroup | undefined, rule: GrafanaRule) => ({
  ...rule,
  isPaused: live?.rules.some(({ isPaused, uid }) => uid === rule.uid && isPaused === true) ?? false,
})

const isSame = (group: GrafanaRuleGroup, live: LiveRuleGroup): boolean =>
  group.interval === live.interval && statesOf(recordsOf(group.rules)) === statesOf(live.rules)

const statesOf = (rules: readonly JsonRecord[]): string =>
  rules.map((rule) => `${String(rule['uid'])} ${ruleState(rule)}`).join()

/** No version goes with a write, so it is looked at once more. */
const expectUnchanged = async (
  seen: LiveRuleGroup | undefined,
  folder: string,
  title: string,
  grafana: Grafana,
): Promise<void> => {
  const now = await grafana.readRuleGroup(folder, title)
  if (JSON.stringify(now) !== JSON.stringify(seen)) throw groupChangedMeanwhile(title)
}

const withObstacle = (step: Step, found: OurGroup, options: PlanOptions): Step => {
  const obstacle = obstacleTo(found, options)
  return obstacle === undefined ? step : { ...step, ...conflict(obstacle) }
}

const obstacleTo = (
  { group: { rules }, keptBy }: OurGroup,
  { overwrite = false }: PlanOptions,
): Obstacle | undefined => {
  if (keptBy !== undefined) {
    return {
      reason: `its rules are provisioned (${keptBy}), so that nothing else can save them`,
      remedy: 'Remove them there.',
    }
  }
  if (overwrite) return undefined
  if (rules.some((rule) => writtenState(rule) === undefined)) {
    return {
      reason: 'it holds a rule that is not from cx-dashboards',
      remedy: 'Move that to another group, or write over it with --overwrite.',
    }
  }
  return rules.some((rule) => writtenState(rule) !== ruleState(rule))
    ? {
        reason: 'somebody changed a rule in Grafana since it was last published',
        remedy: 'Bring that into the catalog, or write over it with --overwrite.',
      }
    : undefined
}

const staleStep = (
  found: OurGroup,
  folder: string,
  grafana: Grafana,
  options: PlanOptions,
): Step => {
  const { group } = found
  const { interval, rules, title } = group
  const step: Step = {
    ...about(folder, title),
    action: 'delete',
    live: asPrometheusGroup(title, interval, rules),
    apply: async () => {
      await expectUnchanged(group, folder, title, grafana)
      await grafana.removeRuleGroup(folder, title)
      return `removed ${title}`
    },
  }
  return withObstacle(step, found, options)
}
