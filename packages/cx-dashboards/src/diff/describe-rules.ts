import type { Objective } from 'cx-definition'
import { prometheusDuration } from '../check/retention.ts'
import type { LiveGroup, LiveRule } from '../plan/live-rules.ts'
import { ruleText } from '../plan/same-rules.ts'
import { readBurnClauses } from '../promql/read-burn.ts'
import { objectiveLabel } from '../promql/slo-series.ts'
import { alertName } from './alert-names.ts'
import { type Change, changeText } from './change.ts'
import { alertChanges, verbOf } from './describe-alert.ts'
import { pairAlerts } from './pair-rules.ts'
import { outageOf } from './sensitivity.ts'
import { recordChanges } from './record-changes.ts'
import { named } from './safe-text.ts'

/** What would be another in some groups of rules, a line each. */
export const describeRules = (
  live: readonly LiveGroup[],
  desired: readonly LiveGroup[],
  objectives: readonly Objective[],
): string[] => ruleChanges(live, desired, objectives).map(changeText)

/** The same with the old and the new texts whole: what is promised, then alerts, since they wake people. */
export const ruleChanges = (
  live: readonly LiveGroup[],
  desired: readonly LiveGroup[],
  objectives: readonly Objective[],
): Change[] => {
  const [before, after] = [live, desired].map((groups) => groups.flatMap(({ rules }) => rules))
  const records = recordChanges(before ?? [], after ?? [])
  const changes = [
    ...records.filter(({ subject }) => subject !== undefined),
    ...alertListChanges(before ?? [], after ?? [], objectives),
    ...records.filter(({ subject }) => subject === undefined),
    ...groupChanges(live, desired),
  ]
  return changes.length > 0 || sameTexts(before ?? [], after ?? [])
    ? changes
    : [{ what: 'rules in another order' }]
}

const sameTexts = (before: readonly LiveRule[], after: readonly LiveRule[]): boolean =>
  before.map(ruleText).join('\n') === after.map(ruleText).join('\n')

const alertListChanges = (
  before: readonly LiveRule[],
  after: readonly LiveRule[],
  objectives: readonly Objective[],
): Change[] => {
  const isAlert = ({ alert }: LiveRule) => alert !== undefined
  const { added, gone, pairs } = pairAlerts(before.filter(isAlert), after.filter(isAlert))
  return [
    ...gone.map((rule) => ({ subject: alertName(rule), what: 'alert lost', whole: rule.expr })),
    ...added.map((rule) => gained(rule, objectives)),
    ...pairs.flatMap(([was, now]) => alertChanges(was, now, objectives)),
  ]
}

const gained = (rule: LiveRule, objectives: readonly Objective[]): Change => {
  const objective = objectives.find(({ name }) => name === rule.labels[objectiveLabel])
  const outage = outageOf(readBurnClauses(rule.expr), objective, verbOf(rule.labels))
  return {
    subject: alertName(rule),
    what: `alert gained${outage === undefined ? '' : `: ${outage}`}`,
    whole: rule.expr,
  }
}

const groupChanges = (live: readonly LiveGroup[], desired: readonly LiveGroup[]): Change[] =>
  desired.flatMap((group) => {
    const was = live.find(({ name }) => name === group.name)
    return was ? [...intervalChange(was, group), ...lostSettings(was)] : []
  })

const intervalChange = (was: LiveGroup, { interval, name }: LiveGroup): Change[] =>
  sameSpan(was.interval, interval)
    ? []
    : [
        {
          what: `group ${named(name)} is evaluated every`,
          before: was.interval ?? 'default interval',
          after: interval ?? 'default interval',
        },
      ]

/** Ours have none. */
const lostSettings = ({ more = {}, name }: LiveGroup): Change[] =>
  Object.keys(more).map((setting) => ({ what: `group ${named(name)} loses ${named(setting)}` }))

const sameSpan = (before: string | undefined, after: string | undefined): boolean => {
  const [was, now] = [before, after].map((text) => prometheusDuration(text ?? '')?.seconds ?? text)
  return was === now
}
