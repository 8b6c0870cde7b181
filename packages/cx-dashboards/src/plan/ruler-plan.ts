import type { DashboardSet } from '../build.ts'
import type { RuleGroup } from '../prometheus/rule-group.ts'
import type { Ruler } from '../publishers/ruler-api.ts'
import { type LiveGroup, readGroup, readGroups } from './live-rules.ts'
import { rulesOf } from './rules-directory-plan.ts'
import { sameGroup } from './same-rules.ts'
import type { Step } from './step.ts'

/**
 * What publishing would do in a ruler of Mimir's kind. All that is ours is in namespaces that begin with the set's mark; no other
 * namespace is ever written to or removed from, and in ours no group that does not bear our name.
 */
export const planRuler = async (set: DashboardSet, ruler: Ruler): Promise<Step[]> => {
  const live = ourGroups(await ruler.list(), rulerMark(set))
  const steps: Step[] = []
  const wanted = new Set<string>()
  for (const { groups, name } of rulesOf(set)) {
    const namespace = rulerMark(set) + name
    for (const group of groups) {
      wanted.add(keyOf(namespace, group.name))
      steps.push(groupStep(ruler, namespace, group, live.get(keyOf(namespace, group.name))?.group))
    }
  }
  for (const [key, { group, namespace }] of live) {
    if (!wanted.has(key)) steps.push(goneStep(ruler, namespace, group))
  }
  return steps
}

/** A dot is no part of a folder's uid, so that no set's mark is the beginning of another's. */
const rulerMark = ({ folder }: Pick<DashboardSet, 'folder'>): string => `${folder.uid}.`

interface OurGroup {
  readonly namespace: string
  readonly group: LiveGroup
}

const keyOf = (namespace: string, group: string): string => JSON.stringify([namespace, group])

const ourGroups = (
  live: ReadonlyMap<string, unknown>,
  mark: string,
): ReadonlyMap<string, OurGroup> => {
  const found = [...live]
    .filter(([namespace]) => namespace.startsWith(mark))
    .flatMap(([namespace, groups]) =>
      groupsOf(groups, namespace)
        // Somebody may have put a group of their own beside ours.
        .filter(({ name }) => name.startsWith('cx-'))
        .map((group) => [keyOf(namespace, group.name), { namespace, group }] as const),
    )
  return new Map(found)
}

const groupsOf = (groups: unknown, namespace: string): LiveGroup[] => {
  try {
    return readGroups(groups)
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

const groupStep = (
  ruler: Ruler,
  namespace: string,
  group: RuleGroup,
  live: LiveGroup | undefined,
): Step => {
  const desired = readGroup(group)
  return {
    ...common(namespace, group.name),
    action: !live ? 'create' : sameGroup(live, desired) ? 'same' : 'update',
    ...(live && { live }),
    desired,
    apply: async () => {
      await ruler.put(namespace, group)
      return `put ${namespace}/${group.name}`
    },
  }
}

const goneStep = (ruler: Ruler, namespace: string, live: LiveGroup): Step => ({
  ...common(namespace, live.name),
  action: 'delete',
  live,
  apply: async () => {
    await ruler.remove(namespace, live.name)
    return `removed ${namespace}/${live.name}`
  },
})
