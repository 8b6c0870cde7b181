import type { DashboardSet } from '../dashboard-set.ts'
import type { RuleGroup } from '../prometheus/rule-group.ts'
import type { Ruler } from '../publishers/ruler-api.ts'
import { conflict, type Obstacle } from './conflict.ts'
import { readGroup, readGroups } from './live-rules.ts'
import { type MarkedGroup, readMark, withMark } from './ruler-mark.ts'
import { rulesOf } from './rules-directory-plan.ts'
import { sameGroup } from './same-rules.ts'
import type { PlanOptions, Step } from './step.ts'

/**
 * What publishing would do in a ruler of Mimir's kind. All that is ours is in namespaces that begin with the set's mark; no other
 * namespace is ever written to or removed from, and in ours no group that does not bear our name.
 */
export const planRuler = async (
  set: DashboardSet,
  ruler: Ruler,
  options: PlanOptions = {},
): Promise<Step[]> => {
  const live = ourGroups(await ruler.list(), rulerMark(set))
  const steps: Step[] = []
  const wanted = new Set<string>()
  for (const { groups, name } of rulesOf(set)) {
    const namespace = rulerMark(set) + name
    for (const group of groups) {
      const key = keyOf(namespace, group.name)
      wanted.add(key)
      steps.push(groupStep({ ruler, namespace, live: live.get(key), options }, group))
    }
  }
  for (const [key, found] of live) {
    const place = { ruler, namespace: found.namespace, live: found, options }
    if (!wanted.has(key)) steps.push(goneStep(place))
  }
  return steps
}

/** A dot is no part of a folder's uid, so that no set's mark is the beginning of another's. */
const rulerMark = ({ folder }: Pick<DashboardSet, 'folder'>): string => `${folder.uid}.`

interface OurGroup extends MarkedGroup {
  readonly namespace: string
}

interface Place {
  readonly ruler: Ruler
  readonly namespace: string
  readonly live: OurGroup | undefined
  readonly options: PlanOptions
}

const keyOf = (namespace: string, group: string): string => JSON.stringify([namespace, group])

const ourGroups = (
  live: ReadonlyMap<string, unknown>,
  mark: string,
): ReadonlyMap<string, OurGroup> => {
  const found = [...live]
    .filter(([namespace]) => namespace.startsWith(mark))
    .flatMap(([namespace, groups]) =>
      orUnreadable(namespace, () => readGroups(groups))
        // Somebody may have put a group of their own beside ours.
        .filter(({ name }) => name.startsWith('cx-'))
        .map((group) => [keyOf(namespace, group.name), { namespace, ...readMark(group) }] as const),
    )
  return new Map(found)
}

const orUnreadable = <T>(namespace: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw new Error(
      `the ruler’s namespace ${namespace} cannot be read: ${(error as Error).message}.`,
      { cause: error },
    )
  }
}

const common = (namespace: string, name: string) =>
  ({
    target: 'ruler',
    kind: 'rule group',
    name: `${namespace}/${name}`,
    title: name,
  }) as const

const groupStep = (place: Place, group: RuleGroup): Step => {
  const { live, namespace, options, ruler } = place
  const desired = readGroup(group)
  const step: Step = {
    ...common(namespace, group.name),
    action: live ? 'update' : 'create',
    ...(live && { live: live.group }),
    desired,
    apply: async () => {
      await expectUnchanged(place, group.name)
      await ruler.put(namespace, withMark(group))
      return live ? 'updated' : 'created'
    },
  }
  if (!live) return step
  if (sameGroup(live.group, desired)) return { ...step, action: 'same' }
  const obstacle = obstacleTo(live, options)
  return obstacle ? { ...step, ...conflict(obstacle) } : step
}

const goneStep = (place: Place & { readonly live: OurGroup }): Step => {
  const { live, namespace, options, ruler } = place
  const { group } = live
  const step: Step = {
    ...common(namespace, group.name),
    action: options.prune ? 'delete' : 'stale',
    live: group,
    apply: async () => {
      await expectUnchanged(place, group.name)
      await ruler.remove(namespace, group.name)
      return 'removed'
    },
  }
  const obstacle = options.prune ? obstacleTo(live, options) : undefined
  return obstacle ? { ...step, ...conflict(obstacle) } : step
}

/** Why it is left alone, with the remedy. */
const obstacleTo = (
  { untouched }: OurGroup,
  { overwrite = false }: PlanOptions,
): Obstacle | undefined => {
  if (overwrite || untouched) return undefined
  return untouched === undefined
    ? {
        reason: 'it is not from cx-dashboards publish',
        remedy: 'Move it to a namespace of your own, or take it over with --overwrite.',
      }
    : {
        reason: 'somebody changed it in the ruler since it was last published',
        remedy: 'Bring that into the catalog, or write over it with --overwrite.',
      }
}

/** No version goes with a write, so it is looked at once more. One that is gone meanwhile is nobody's change to lose. */
const expectUnchanged = async ({ live, namespace, ruler }: Place, name: string): Promise<void> => {
  const now = await ruler.read(namespace, name)
  if (now === undefined) return
  const found = orUnreadable(namespace, () => readMark(readGroup(now)))
  if (live && live.untouched === found.untouched && sameGroup(live.group, found.group)) return
  throw new Error(
    `somebody saved the rule group ${namespace}/${name} at the same time. It was left as they made it; publish again to see their change.`,
  )
}
