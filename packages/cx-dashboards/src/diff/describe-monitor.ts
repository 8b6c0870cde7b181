import type { Change } from './change.ts'
import { fieldChanges } from './field-changes.ts'
import { isRecord, shownValue } from './shown-value.ts'
import { tagChanges } from './tag-changes.ts'

type Json = Readonly<Record<string, unknown>>

/** What would be another in a monitor of Datadog: first when it tells somebody, then whom, then what. */
export const monitorChanges = (live: Json, desired: Json): Change[] => [
  ...(live['muted'] === true ? [{ what: 'muted by a person, which stays so' }] : []),
  ...textChange('renamed', live['name'], desired['name']),
  ...textChange('type', live['type'], desired['type']),
  ...queryChanges(textOf(live['query']), textOf(desired['query'])),
  ...textChange('tells', toldBy(live), toldBy(desired)),
  ...textChange('priority', live['priority'], desired['priority']),
  ...optionChanges(live, desired),
  ...tagChanges(live['tags'], desired['tags']),
  ...textChange('message', messageOf(live), messageOf(desired)).map((change): Change => ({
    ...change,
    isText: true,
  })),
]

/** None where both say the same. */
export const textChange = (what: string, before: unknown, after: unknown): Change[] => {
  const [was, now] = [shownValue(before), shownValue(after)]
  return was === now ? [] : [{ what, before: was, after: now }]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

// A handle begins a word: https://docs.datadoghq.com/monitors/notify/#notifications
const handles = /(?<![\w.@])@[\w+-]+(?:[.@][\w+-]+)*/g

/** Whom a monitor tells, in the order of names. */
const toldBy = ({ message }: Json): string =>
  [...new Set(textOf(message).match(handles))].toSorted().join(', ') || 'nobody'

const messageOf = ({ message }: Json): string =>
  textOf(message).replaceAll(handles, '').replaceAll(/\s+/g, ' ').trim()

/** Windows and the threshold are told apart from what is counted. */
const queryChanges = (before: string, after: string): Change[] => [
  ...textChange('looks back over', windowsOf(before), windowsOf(after)),
  ...(bare(before) === bare(after)
    ? textChange('fires at', thresholdOf(before), thresholdOf(after))
    : [{ what: 'query', before, after }]),
]

const window =
  /(?<=\blast_)\d+[a-z]+|(?<=\b(?:last|over|long_window|short_window)\(")\d+[a-z]+(?="\))/g
const threshold = /(?:>=?|<=?|[=!]=)\s*-?[\d.]+\s*$/

const windowsOf = (query: string): string => (query.match(window) ?? []).join(' and ')
const thresholdOf = (query: string): string => threshold.exec(query)?.[0].trim() ?? ''
const bare = (query: string): string => query.replaceAll(window, '').replace(threshold, '')

const optionWords: Readonly<Record<string, string>> = {
  'thresholds.critical': 'alerts at',
  'thresholds.critical_recovery': 'is well again at',
  'thresholds.warning': 'warns at',
  no_data_timeframe: 'tells of no data after (minutes)',
  notify_no_data: 'tells of no data',
  on_missing_data: 'where data is missing',
  renotify_interval: 'tells again after (minutes)',
}

const optionChanges = (live: Json, desired: Json): Change[] =>
  fieldChanges(optionsOf(live), optionsOf(desired)).map(({ after, before, path }) => {
    const place = path.join('.')
    const what = Object.hasOwn(optionWords, place) ? optionWords[place] : undefined
    return { what: what ?? place, before: shownValue(before), after: shownValue(after) }
  })

const optionsOf = ({ options }: Json): Json => (isRecord(options) ? options : {})
