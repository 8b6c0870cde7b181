import {
  formattedValueToString,
  getDisplayProcessor,
  getFieldDisplayName,
  getFieldDisplayValuesProxy,
  getFrameDisplayName,
  type DataFrame,
  type DisplayValue,
  type Field,
  type GrafanaTheme2,
  type ScopedVars,
} from '@grafana/data'

/** What @grafana/data hands over with every data link: which cell or calculated value it stands on. */
interface DataContext {
  readonly frame: DataFrame
  readonly field: Field
  readonly data?: DataFrame[]
  readonly rowIndex?: number
  readonly calculatedValue?: DisplayValue
}

/** `__data.fields.X`, `__field.labels.X`, `__value.raw` and `__series.name`; undefined where they make no sense. */
export function dataMacro(
  name: string,
  path: readonly string[],
  scoped: ScopedVars,
  theme: GrafanaTheme2,
): unknown {
  const context = scoped['__dataContext']?.value as DataContext | undefined
  if (!context) return undefined
  if (name === '__data') return dataField(path, context)
  if (name === '__field') return fieldPart(path, context)
  if (name === '__value') return valuePart(path[0] ?? 'text', context, theme)
  if (name === '__series') return getFrameDisplayName(context.frame)
  return undefined
}

function dataField(
  [kind, ...path]: readonly string[],
  { frame, rowIndex = 0 }: DataContext,
): unknown {
  if (kind === 'name' || kind === 'refId') return frame[kind] ?? ''
  if (kind !== 'fields') return undefined
  return follow(getFieldDisplayValuesProxy({ frame, rowIndex }), path) ?? ''
}

function fieldPart(
  [part, ...path]: readonly string[],
  { field, frame, data }: DataContext,
): unknown {
  if (part !== 'labels') return getFieldDisplayName(field, frame, data)
  if (path.length === 0)
    return Object.entries(field.labels ?? {})
      .map(([label, value]) => `${label}="${value}"`)
      .join(', ')
  return field.labels?.[path.join('.')] ?? ''
}

function valuePart(
  part: string,
  { field, frame, rowIndex, calculatedValue }: DataContext,
  theme: GrafanaTheme2,
): unknown {
  if (part === 'time')
    return frame.fields.find((candidate) => candidate.type === 'time')?.values[rowIndex ?? 0] ?? ''
  const raw = rowIndex === undefined ? undefined : field.values[rowIndex]
  if (part === 'raw' && raw !== undefined) return raw
  const display = calculatedValue ?? (field.display ?? getDisplayProcessor({ field, theme }))(raw)
  return part === 'raw' || part === 'numeric' ? display.numeric : formattedValueToString(display)
}

function follow(start: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    start,
  )
}
