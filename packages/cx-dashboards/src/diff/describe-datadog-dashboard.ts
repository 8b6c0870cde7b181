import type { Change } from './change.ts'
import { textChange } from './describe-monitor.ts'
import { fieldChanges } from './field-changes.ts'
import { type Key, paired } from './paired.ts'
import { named } from './safe-text.ts'
import { isRecord, shownValue, stableJson } from './shown-value.ts'
import { tagChanges } from './tag-changes.ts'

type Json = Readonly<Record<string, unknown>>

/** What would be another in a dashboard of Datadog: its head, its variables, and widgets by their titles. */
export const datadogDashboardChanges = (live: Json, desired: Json): Change[] => [
  ...textChange('renamed', live['title'], desired['title']),
  ...variableChanges(live, desired),
  ...widgetChanges(widgetsIn(live), widgetsIn(desired)),
  ...fieldChanges(headOf(live), headOf(desired)).map(({ after, before, path }) => ({
    what: path.join('.'),
    before: shownValue(before),
    after: shownValue(after),
  })),
  ...tagChanges(live['tags'], desired['tags']),
]

const toldElsewhere = new Set(['tags', 'template_variables', 'title', 'widgets'])

const headOf = (json: Json): Json =>
  Object.fromEntries(Object.entries(json).filter(([field]) => !toldElsewhere.has(field)))

const variableChanges = (live: Json, desired: Json): Change[] =>
  fieldChanges(live['template_variables'], desired['template_variables']).map(
    ({ after, before, path: [name = '', ...rest] }) => ({
      what: [`variable ${named(name)}`, ...rest].join(', '),
      before: shownValue(before),
      after: shownValue(after),
    }),
  )

interface Widget {
  readonly title: string
  /** The title of the group that it is in. */
  readonly group: string
  readonly layout: unknown
  /** What it shows; of a group without what is in it. */
  readonly shows: Json
}

/** In their order, those in groups after the group. */
const widgetsIn = (holder: Json, group = ''): readonly Widget[] =>
  (Array.isArray(holder['widgets']) ? holder['widgets'] : []).filter(isRecord).flatMap((each) => {
    const definition = isRecord(each['definition']) ? each['definition'] : {}
    const { title: given, widgets: inner, ...shows } = definition
    const title = typeof given === 'string' ? given : ''
    const widget = { title, group, layout: each['layout'], shows }
    return [widget, ...(inner === undefined ? [] : widgetsIn(definition, title))]
  })

const keys: readonly Key<Widget>[] = [
  ({ group, shows, title }) => (title === '' ? '' : stableJson([group, title, shows['type']])),
  ({ shows, title }) => (title === '' ? '' : stableJson([title, shows['type']])),
  ({ group, shows }) => stableJson([group, shows]),
  // A note has no title: the next of its kind in the same group.
  ({ group, shows, title }) => (title === '' ? stableJson([group, shows['type']]) : ''),
]

const widgetChanges = (before: readonly Widget[], after: readonly Widget[]): Change[] => {
  const { added, gone, pairs } = paired(before, after, keys)
  const moved = pairs.filter(
    ([was, now]) => was.group === now.group && stableJson(was.layout) !== stableJson(now.layout),
  ).length
  return [
    ...gone.map((widget) => ({ subject: nameOf(widget), what: 'widget removed' })),
    ...added.map((widget) => ({ subject: nameOf(widget), what: 'widget added' })),
    ...pairs.flatMap(([was, now]) =>
      [
        ...textChange('renamed', was.title, now.title),
        ...textChange('moved to another group', was.group, now.group),
        ...fieldChanges(was.shows, now.shows).map(({ after: is, before: had, path }) => ({
          // An element of a list may have no name.
          what: path.filter((part) => part !== '').join('.'),
          before: shownValue(had),
          after: shownValue(is),
        })),
      ].map((change) => ({ subject: nameOf(now), ...change })),
    ),
    ...(moved === 0
      ? []
      : [
          {
            what: `${moved} ${moved === 1 ? 'widget stands' : 'widgets stand'} elsewhere or in another size`,
          },
        ]),
  ]
}

const nameOf = ({ group, shows, title }: Widget): string => {
  const own = title === '' ? `a ${shownValue(shows['type'])} without a title` : named(title)
  return group === '' ? own : `${own} in ${named(group)}`
}
