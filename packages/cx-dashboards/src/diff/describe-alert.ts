import { type Objective, spokenDuration } from 'cx-definition'
import { prometheusDuration } from '../check/retention.ts'
import type { LiveRule } from '../plan/live-rules.ts'
import { readBurnClauses } from '../promql/read-burn.ts'
import { objectiveLabel } from '../promql/slo-series.ts'
import { alertName } from './alert-names.ts'
import type { Change } from './change.ts'
import { conditionShape, type ConditionValue } from './condition-shape.ts'
import { sensitivity } from './sensitivity.ts'

/** What an alert does, by its severity. */
export const verbOf = ({ severity }: LiveRule['labels']): string =>
  severity === 'page' ? 'pages' : severity === 'ticket' ? 'makes a ticket' : 'is told'

/** What would be another in one alert. @param objectives those of the catalog, whose traffic the figures are for */
export const alertChanges = (
  was: LiveRule,
  now: LiveRule,
  objectives: readonly Objective[],
): Change[] => {
  const subject = alertName(now)
  const objective = objectives.find(({ name }) => name === now.labels[objectiveLabel])
  return [
    ...conditionChanges(was, now, objective),
    ...spanChange('waits before it fires', was.for, now.for),
    ...spanChange('stays on after it is over', was.keepFiringFor, now.keepFiringFor),
    ...labelChanges(was.labels, now.labels),
    ...textChanges('annotation', was.annotations, now.annotations).map(
      (change) => ({ ...change, isText: true }) as const,
    ),
  ].map((change) => ({ subject, ...change }))
}

const conditionChanges = (
  { expr: before }: LiveRule,
  { expr: after, labels }: LiveRule,
  objective: Objective | undefined,
): Change[] => {
  const verb = verbOf(labels)
  if (before.trim() === after.trim()) return []
  const [was, now] = [readBurnClauses(before), readBurnClauses(after)]
  const told = was && now && objective ? sensitivity(was, now, objective, verb) : undefined
  if (told) {
    const [first = '', ...others] = told.told
    return [
      { what: `${told.verdict}: ${first}`, whole: after },
      ...others.map((what) => ({ what })),
    ]
  }
  return valueChanges(before, after) ?? [{ what: 'condition', before, after }]
}

/** Where a condition is put together alike, only what differs in it. */
const valueChanges = (before: string, after: string): Change[] | undefined => {
  const [was, now] = [conditionShape(before), conditionShape(after)]
  if (was.shape !== now.shape || was.values.length !== now.values.length) return undefined
  const changes = now.values.flatMap((value, index) => {
    const old = was.values[index]
    return old && old.text !== value.text ? [valueChange(old, value)] : []
  })
  const distinct = new Map(changes.map((change) => [JSON.stringify(change), change]))
  return distinct.size > 0 ? [...distinct.values()] : undefined
}

const kindWords: Readonly<Record<ConditionValue['kind'], string>> = {
  number: 'number in its condition',
  span: 'span in its condition',
  text: 'text in its condition',
}

const valueChange = (was: ConditionValue, now: ConditionValue): Change => {
  const change = { before: was.text, after: now.text }
  if (now.compared === undefined) return { what: kindWords[now.kind], ...change }
  const higher = Number(now.text) > Number(was.text)
  const verdict = higher === (now.compared === 'above') ? 'less sensitive' : 'more sensitive'
  return { what: `${verdict}, fires ${now.compared}`, ...change }
}

const spanChange = (
  what: string,
  before: string | undefined,
  after: string | undefined,
): Change[] => {
  const [was, now] = [before, after].map(
    (text) => prometheusDuration(text ?? '0s')?.seconds ?? text,
  )
  return was === now ? [] : [{ what, before: spokenSpan(before), after: spokenSpan(after) }]
}

const spokenSpan = (text: string | undefined): string => {
  if (text === undefined) return 'not at all'
  const duration = prometheusDuration(text)
  return duration ? spokenDuration(duration) : text
}

const labelWords: Readonly<Record<string, string>> = {
  owner: 'is told to the team',
  severity: 'severity',
}

const labelChanges = (before: LiveRule['labels'], after: LiveRule['labels']): Change[] =>
  textChanges('label', before, after).map(({ what, ...rest }) => {
    const name = what.replace(/^label /, '')
    return { what: Object.hasOwn(labelWords, name) ? (labelWords[name] ?? what) : what, ...rest }
  })

const textChanges = (
  kind: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name): Change[] => {
    const [was, now] = [before[name], after[name]]
    if (was === now) return []
    if (was === undefined) return [{ what: `${kind} ${name} added`, after: now ?? '' }]
    if (now === undefined) return [{ what: `${kind} ${name} removed`, before: was }]
    return [{ what: `${kind} ${name}`, before: was, after: now }]
  })
