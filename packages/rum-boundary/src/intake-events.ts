import type { CountDropped, IntakeRules } from './intake-apps.ts'
import { catalogName, release, version } from './rum-event-shape.ts'
import { scrubRumEvent } from './scrub-rum-event.ts'
import type { Statics } from './scrub-statics.ts'

const mostEvents = 1000
/** Of the time between an error and the start of the SDK, which gives it the later date. */
const oneHourMs = 3_600_000

interface CleanEvent {
  readonly type: string
  readonly date?: number
  readonly application?: { readonly id?: string }
  readonly context?: { readonly at?: number }
}

/** A batch as the SDK sends it, one event in a line; nothing where no event is left. */
export function* cleanBatch(
  body: string,
  rules: IntakeRules,
  drop: CountDropped,
): Generator<undefined, string | undefined> {
  const lines: string[] = []
  for (const line of body.split('\n', mostEvents)) {
    const event = cleanEvent(parse(line), rules)
    if (event) lines.push(JSON.stringify(event))
    else drop('event')
    yield
  }
  return lines.length > 0 ? lines.join('\n') : undefined
}

const cleanEvent = (given: unknown, { applicationId, service, statics }: IntakeRules) => {
  const event = scrubRumEvent(given, statics) as CleanEvent | undefined
  if (event?.application?.id?.toLowerCase() !== applicationId) return undefined
  const tags = cleanTags((given as { readonly ddtags?: unknown }).ddtags, statics)
  return {
    ...event,
    ...dateOf(event),
    service,
    // As the SDK was started; a view may say another, and whatever it likes.
    version: tags.get('version'),
    ddtags: [...tags, ['service', service]].map(([name, value]) => `${name}:${value}`).join(','),
  }
}

const dateOf = ({ context, date = 0 }: CleanEvent): { readonly date?: number } => {
  const at = context?.at
  return at !== undefined && at <= date && at > date - oneHourMs ? { date: at } : {}
}

const tagKinds = { sdk_version: release, env: catalogName, version }

const cleanTags = (tags: unknown, statics: Statics): Map<string, string> => {
  const given = new Map(
    (typeof tags === 'string' ? tags : '').split(',', 20).map((tag): [string, string] => {
      const at = tag.indexOf(':')
      return [tag.slice(0, at), tag.slice(at + 1)]
    }),
  )
  return new Map(
    Object.entries(tagKinds).flatMap(([name, kind]): [string, string][] => {
      const value = kind(given.get(name), statics)
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
