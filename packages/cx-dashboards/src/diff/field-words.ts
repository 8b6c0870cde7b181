import { named, safeText } from './safe-text.ts'
import { isRecord, shownValue, stableJson } from './shown-value.ts'

type Path = readonly string[]

/** What a field of a panel is called, by its place: `query A`, `unit of "p95 latency"`. */
export const fieldWords = (path: Path): string => {
  const [first = '', second = '', ...rest] = path
  if (first === 'targets') return queryWords(second, rest)
  if (first === 'links') return partWords(`link ${named(second)}`, rest)
  if (first === 'fieldConfig' && second === 'defaults') return settingWords(rest)
  if (first === 'fieldConfig' && second === 'overrides') return overrideWords(rest)
  if (first === 'options' && second === 'content') return 'text'
  if (first === 'options' && second !== '') return settingWords([second, ...rest])
  return settingWords(path)
}

const queryWords = (refId: string, rest: Path): string =>
  rest.length === 1 && rest[0] === 'expr'
    ? `query ${safeText(refId)}`
    : partWords(`query ${safeText(refId)}`, rest)

const partWords = (whole: string, rest: Path): string =>
  rest.length === 0 ? whole : `${whole}, ${settingWords(rest)}`

const overrideWords = ([field = '', properties = '', ...rest]: Path): string => {
  if (properties !== 'properties')
    return partWords(`settings of ${named(field)}`, [properties, ...rest].filter(Boolean))
  return `${settingWords(rest.filter((part, index) => index !== 1 || part !== 'value'))} of ${named(field)}`
}

const wordOf: Readonly<Record<string, string>> = {
  decimals: 'decimals',
  description: 'description',
  legendFormat: 'legend',
  mappings: 'value texts',
  max: 'upper end',
  min: 'lower end',
  noValue: 'text where there is no value',
  steps: 'thresholds',
  thresholds: 'thresholds',
  transformations: 'transformations',
  unit: 'unit',
}

/** A place that has no words of its own is named as Grafana's JSON names it. */
const settingWords = (path: Path): string => {
  const last = path.at(-1) ?? ''
  const known = Object.hasOwn(wordOf, last) ? wordOf[last] : undefined
  if (known !== undefined) return known
  const shown = path.filter((part) => part !== 'custom' && part !== 'value')
  return safeText((shown.length > 0 ? shown : path).join('.')) || 'settings'
}

/** A field's value as a person reads it. */
export const fieldValue = (path: Path, value: unknown): string => {
  const last = path.at(-1) ?? ''
  if (last === 'steps' && Array.isArray(value)) return stepsText(value)
  if (isRecord(value)) {
    const { expr, properties, steps, url } = value
    if (typeof expr === 'string') return expr
    if (typeof url === 'string') return url
    if (Array.isArray(steps)) return stepsText(steps)
    if (Array.isArray(properties)) return properties.map(propertyText).join(', ')
  }
  return shownValue(value)
}

/** Of an override: `unit s` */
const propertyText = (property: unknown): string => {
  if (!isRecord(property)) return stableJson(property)
  const id = shownValue(property['id'])
  return `${settingWords(id.split('.'))} ${fieldValue([id], property['value'])}`
}

/** `#D55E00, from 0.99 transparent` */
const stepsText = (steps: readonly unknown[]): string =>
  steps
    .map((step) => {
      if (!isRecord(step)) return stableJson(step)
      const { color, value } = step
      const from = typeof value === 'number' ? `from ${value} ` : ''
      return `${from}${shownValue(color)}`
    })
    .join(', ')
