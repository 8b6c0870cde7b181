import { type Change, changeText } from './change.ts'
import { type DashboardParts, dashboardParts } from './dashboard-parts.ts'
import { describePanels } from './describe-panels.ts'
import { fieldChanges } from './field-changes.ts'
import { fieldValue } from './field-words.ts'
import { sameButForNote } from './generated-note.ts'
import { inRenamedRows, rowChanges } from './describe-rows.ts'
import { named } from './safe-text.ts'
import { isRecord, shownValue, stableJson } from './shown-value.ts'

/** What would be another in a dashboard, a line each; none where nothing would that anybody sees. */
export const describeDashboard = (live: unknown, desired: unknown): string[] =>
  dashboardChanges(live, desired).map(changeText)

/** The same with the old and the new texts whole. */
export const dashboardChanges = (live: unknown, desired: unknown): Change[] => {
  const [before, after] = [dashboardParts(live), dashboardParts(desired)]
  if (isV2(live) !== isV2(desired)) return [{ what: cannotTell('one of the two is in schema v2') }]
  if (typeof after === 'string') return sameJson(live, desired) ? [] : [{ what: cannotTell(after) }]
  if (typeof before === 'string') return [{ what: cannotTell(before) }]
  return [
    ...headChanges(before, after),
    ...partChanges('variable', before.variables, after.variables),
    ...partChanges('link', before.links, after.links),
    ...partChanges('annotation', before.annotations, after.annotations),
    ...rowChanges(before.rows, after.rows),
    ...describePanels(inRenamedRows(before, after), after.panels),
  ]
}

const sameJson = (a: unknown, b: unknown): boolean => stableJson(a) === stableJson(b)

const isV2 = (value: unknown): boolean => {
  const json = isRecord(value) && isRecord(value['spec']) ? value['spec'] : value
  return isRecord(json) && isRecord(json['elements'])
}

const cannotTell = (reason: string): string => `${reason}; what differs cannot be told one by one`

const headChanges = (before: DashboardParts, after: DashboardParts): Change[] =>
  fieldChanges(before.head, after.head)
    .filter(({ after: now, before: was }) => !sameButForNote(was, now))
    .map(({ after: now, before: was, path }) => ({
      what: path.join('.'),
      before: shownValue(was),
      after: shownValue(now),
    }))

/** Variables, links and annotations: gained, lost, changed. */
const partChanges = (
  kind: string,
  before: readonly unknown[],
  after: readonly unknown[],
): Change[] =>
  fieldChanges(before, after).map(({ after: now, before: was, path }) => {
    const [name = '', ...rest] = path
    const whole = `${kind} ${named(name)}`
    if (rest.length > 0) {
      return {
        what: `${whole}, ${rest.join('.')}`,
        before: shownValue(was),
        after: shownValue(now),
      }
    }
    return was === undefined
      ? { what: `${whole} added`, after: fieldValue(path, now) }
      : { what: `${whole} removed`, before: fieldValue(path, was) }
  })
