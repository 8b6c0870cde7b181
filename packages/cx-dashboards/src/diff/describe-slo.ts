import type { Change } from './change.ts'
import { textChange } from './describe-monitor.ts'
import { fieldChanges } from './field-changes.ts'
import { isRecord, shownValue } from './shown-value.ts'
import { tagChanges } from './tag-changes.ts'

type Json = Readonly<Record<string, unknown>>

/** What would be another in an SLO of Datadog: first what is promised, then by what it is counted. */
export const sloChanges = (live: Json, desired: Json): Change[] => [
  ...textChange('renamed', live['name'], desired['name']),
  ...textChange('promised', promiseOf(live), promiseOf(desired)),
  ...fieldChanges(live['sli_specification'], desired['sli_specification']).map(
    ({ after, before, path }) => ({
      what: nameIn(path),
      before: shownValue(before),
      after: shownValue(after),
    }),
  ),
  ...tagChanges(live['tags'], desired['tags']),
  ...textChange('description', live['description'], desired['description']).map(
    (change): Change => ({ ...change, isText: true }),
  ),
]

/** `99.9 % over 30d` */
const promiseOf = ({ thresholds }: Json): string =>
  (Array.isArray(thresholds) ? thresholds : [])
    .filter(isRecord)
    .map(({ target, timeframe }) => `${shownValue(target)} % over ${shownValue(timeframe)}`)
    .join(', ')

/** Queries go by their names: `query good` */
const nameIn = (path: readonly string[]): string => {
  const at = path.indexOf('queries')
  const [name, ...rest] = at < 0 ? [] : path.slice(at + 1)
  if (name === undefined) return path.join('.')
  return rest.join('.') === 'query' ? `query ${name}` : `query ${name}, ${rest.join('.')}`
}
