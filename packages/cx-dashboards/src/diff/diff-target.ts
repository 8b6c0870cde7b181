import type { LiveGroup } from '../plan/live-rules.ts'
import type { Step } from '../plan/step.ts'
import type { Change } from './change.ts'
import type { DiffContext } from './diff-context.ts'
import { datadogDashboardChanges } from './describe-datadog-dashboard.ts'
import { dashboardChanges } from './describe-dashboard.ts'
import { monitorChanges } from './describe-monitor.ts'
import { routeChanges } from './describe-routes.ts'
import { ruleChanges } from './describe-rules.ts'
import { sloChanges } from './describe-slo.ts'
import { costChanges, ruleCost } from './rule-cost.ts'
import { isRecord } from './shown-value.ts'

/** What publishing would do to one object, in words. */
export interface DiffObject {
  readonly kind: Step['kind']
  readonly name: string
  readonly title: string
  readonly action: Step['action']
  /** Of a conflict: why it is left alone. */
  readonly reason?: string
  readonly changes: readonly Change[]
  /** Of a conflict: what a person changed since it was last published. */
  readonly persons?: readonly Change[]
}

export interface DiffTarget {
  /** Such as `Grafana at http://localhost:3000/`. */
  readonly target: string
  readonly objects: readonly DiffObject[]
  /** About all of it together. */
  readonly notes: readonly Change[]
}

/** The steps of one target in words, in the order of their names. */
export const diffTarget = (
  target: string,
  steps: readonly Step[],
  context: DiffContext,
): DiffTarget => ({
  target,
  objects: steps.map((step) => diffObject(step, context)).toSorted(byName),
  notes: costOf(steps, context),
})

const byName = (a: DiffObject, b: DiffObject): number =>
  a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind < b.kind ? -1 : 1

const diffObject = (step: Step, context: DiffContext): DiffObject => {
  const { action, kind, live, name, published, reason, title } = step
  const persons = published === undefined ? [] : changesBetween(step, published, live, context)
  return {
    kind,
    name,
    title,
    action,
    ...(reason !== undefined && { reason }),
    changes:
      action === 'same' || action === 'stale'
        ? []
        : changesBetween(step, live, step.desired, context),
    ...(persons.length > 0 && { persons }),
  }
}

const changesBetween = (
  { kind, target }: Step,
  live: unknown,
  desired: unknown,
  { alerts, objectives }: DiffContext,
): Change[] => {
  if (kind === 'rule group') return ruleChanges(groupsOf(live), groupsOf(desired), objectives)
  if (kind === 'rule file') return ruleChanges(groupsOf(live), groupsOf(desired), objectives)
  if (kind === 'routes') return routeChanges(live, desired, alerts)
  if (live === undefined || desired === undefined) return []
  if (target === 'Datadog') return datadogChanges(kind, live, desired)
  if (kind === 'dashboard') return dashboardChanges(live, desired)
  return textChanges(kind === 'permission' ? 'permission' : 'title', live, desired)
}

const datadogChanges = (kind: Step['kind'], live: unknown, desired: unknown): Change[] => {
  if (!isRecord(live) || !isRecord(desired)) return []
  if (kind === 'SLO') return sloChanges(live, desired)
  return kind === 'monitor' ? monitorChanges(live, desired) : datadogDashboardChanges(live, desired)
}

const textChanges = (what: string, live: unknown, desired: unknown): Change[] => {
  const [before, after] = [live, desired].map((each) =>
    isRecord(each) && typeof each[what] === 'string' ? each[what] : '',
  )
  return before === after || before === undefined || after === undefined
    ? []
    : [{ what, before, after }]
}

/** Steps about rules carry groups: one, or all of a file. */
const groupsOf = (value: unknown): readonly LiveGroup[] =>
  (Array.isArray(value) ? value : [value]).filter(isGroup)

const isGroup = (value: unknown): value is LiveGroup =>
  isRecord(value) && typeof value['name'] === 'string' && Array.isArray(value['rules'])

const costOf = (steps: readonly Step[], { customers }: DiffContext): Change[] => {
  const rules = steps.filter(({ kind }) => kind === 'rule file' || kind === 'rule group')
  const cost = (of: (step: Step) => unknown) =>
    ruleCost(
      rules.flatMap((step) => groupsOf(of(step))),
      customers,
    )
  return costChanges(
    cost(({ live }) => live),
    cost(({ action, desired, live }) => (action === 'stale' ? live : desired)),
  )
}
