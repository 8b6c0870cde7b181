/** A rule as it was read: whoever wrote it. */
export interface LiveRule {
  /** One of the two is there. */
  readonly record?: string
  readonly alert?: string
  readonly expr: string
  /** As Prometheus writes durations, such as `5m`. */
  readonly for?: string
  readonly keepFiringFor?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

export interface LiveGroup {
  readonly name: string
  readonly interval?: string
  readonly rules: readonly LiveRule[]
  /** What else somebody wrote there, such as a `query_offset`. */
  readonly more?: Readonly<Record<string, unknown>>
}

/**
 * The groups of a rule file, or of one namespace of a ruler.
 * @param value what was in the YAML: a list of groups, or an object that has one
 * @throws Error that says what is no rule, without a full stop
 */
export const readGroups = (value: unknown): LiveGroup[] => {
  const groups = isRecord(value) && 'groups' in value ? value['groups'] : value
  if (groups === null || groups === undefined) return []
  if (!Array.isArray(groups)) throw new Error('it holds no list of groups')
  return groups.map(readGroup)
}

/** One group. @throws Error as above */
export const readGroup = (value: unknown, index = 0): LiveGroup => {
  if (!isRecord(value) || typeof value['name'] !== 'string') {
    throw new Error(`group ${index + 1} has no name`)
  }
  const { interval, name, rules = [], ...others } = value
  if (!Array.isArray(rules)) throw new Error(`the rules of group ${index + 1} are no list`)
  const more = Object.entries(others).filter(([, other]) => saysSomething(other))
  return {
    name,
    ...(interval !== undefined && { interval: textOf(interval) }),
    rules: rules.map((rule, place) => readRule(rule, `rule ${place + 1} of group ${index + 1}`)),
    ...(more.length > 0 && { more: Object.fromEntries(more) }),
  }
}

/** Some rulers write `source_tenants: []` and the like. */
const saysSomething = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : Boolean(value) && value !== '0s'

const readRule = (value: unknown, where: string): LiveRule => {
  if (!isRecord(value) || value['expr'] === undefined) throw new Error(`${where} has no expr`)
  const { alert, annotations, expr, keep_firing_for: keep, labels, record } = value
  if (alert === undefined && record === undefined) {
    throw new Error(`${where} has neither alert nor record`)
  }
  return {
    ...(record !== undefined && { record: textOf(record) }),
    ...(alert !== undefined && { alert: textOf(alert) }),
    expr: textOf(expr),
    ...(value['for'] !== undefined && { for: textOf(value['for']) }),
    ...(keep !== undefined && { keepFiringFor: textOf(keep) }),
    labels: textsOf(labels),
    annotations: textsOf(annotations),
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, textOf(text)]))
    : {}

/** YAML reads `30` and `yes` as other things than text. */
const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)
