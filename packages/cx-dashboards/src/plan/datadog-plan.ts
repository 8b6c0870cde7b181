import { datadogKinds, type DatadogObject } from '../datadog/datadog-object.ts'
import { tagValue } from '../datadog/metric-query.ts'
import type { Datadog } from '../publishers/datadog-api.ts'
import type { LiveObject } from '../publishers/datadog-lists.ts'
import { recordOf } from '../publishers/json-record.ts'
import { datadogIds, referencesIn } from './datadog-ids.ts'
import { nameOf, objectStep, placeOf, secondStep, staleStep } from './datadog-steps.ts'
import { readSet } from './datadog-writes.ts'
import type { PlanOptions, Step } from './step.ts'

/**
 * What publishing would do in Datadog: SLOs, monitors and dashboards, each after what it names, then what is to go. Reads only.
 * @param uid of the set's folder, by which its objects know each other
 * @throws {DatadogError} where something cannot be read
 */
export const planDatadog = async (
  objects: readonly DatadogObject[],
  uid: string,
  datadog: Datadog,
  options: PlanOptions = {},
): Promise<readonly Step[]> => {
  const set = tagValue(uid)
  const titles = objects.map(({ json }) => json['title'])
  const live = await Promise.all(datadogKinds.map((kind) => readSet(datadog, kind, set, titles)))
  const { firsts, seconds } = byName(live.flat())
  const ids = datadogIds()
  for (const { id, json, kind } of firsts.values()) ids.set(kind, nameOf(kind, json), id)
  const publishing = { datadog, ids, objects, options, set, shells: new Map<string, LiveObject>() }
  const wanted = new Set(objects.map(placeOf))
  const stale = [...firsts].filter(([place]) => !wanted.has(place)).map(([, each]) => each)
  return [
    ...objects
      .toSorted(byNeed)
      .map((object) => objectStep(object, firsts.get(placeOf(object)), publishing)),
    ...[
      ...stale.map((each) => staleStep(each, publishing)),
      ...seconds.map((each) => secondStep(each, publishing)),
    ].toSorted((a, b) => removalRank(a) - removalRank(b)),
  ]
}

/** Each name's oldest, and what else bears it: an answer was lost and could not be found again, or somebody copied it. */
const byName = (live: readonly LiveObject[]) => {
  const firsts = new Map<string, LiveObject>()
  const seconds: LiveObject[] = []
  for (const each of live.toSorted((a, b) => madeAt(a) - madeAt(b))) {
    const place = placeOf({ kind: each.kind, name: nameOf(each.kind, each.json) })
    if (firsts.has(place)) seconds.push(each)
    else firsts.set(place, each)
  }
  return { firsts, seconds }
}

const madeAt = ({ json }: LiveObject): number => {
  const at = json['created'] ?? json['created_at']
  return typeof at === 'number' ? at * 1000 : Date.parse(String(at))
}

/** Composite monitors come after what they are put together from; what names nothing keeps its place. */
const byNeed = (a: DatadogObject, b: DatadogObject): number => needRank(a) - needRank(b)

const needRank = ({ json, kind }: DatadogObject): number =>
  2 * datadogKinds.indexOf(kind) +
  (kind === 'monitor' && referencesIn(json).some((each) => each.kind === 'monitor') ? 1 : 0)

/** The other way round: what is named goes after what names it. */
const removalRank = ({ kind, live }: Step): number => {
  if (kind === 'dashboard') return 0
  if (kind === 'SLO') return 3
  return recordOf(live)['type'] === 'composite' ? 1 : 2
}
