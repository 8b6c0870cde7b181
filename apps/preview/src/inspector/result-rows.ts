import {
  dateTimeFormat,
  FieldType,
  getFieldDisplayName,
  getFrameDisplayName,
  type DataFrame,
  type Field,
} from '@grafana/data'

/** The first rows of a frame, as text. */
export interface ResultRows {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly length: number
}

/** Values as they came, without units and mappings: what the panel makes of them is on the panel. */
export function resultRows(frame: DataFrame, all: DataFrame[], most: number): ResultRows {
  const { fields, length } = frame
  return {
    title: getFrameDisplayName(frame, all.indexOf(frame)),
    columns: fields.map((field) => getFieldDisplayName(field, frame, all)),
    // The newest are what one looks for; a table has its order.
    rows: Array.from({ length: Math.min(most, length) }, (_, index) => {
      const row = isOverTime(frame) ? length - 1 - index : index
      return fields.map((field) => cellText(field, row))
    }),
    length,
  }
}

const isOverTime = ({ fields, length }: DataFrame): boolean => {
  const time = fields.find(({ type }) => type === FieldType.time)
  return time !== undefined && length > 1 && time.values[0] < time.values[length - 1]
}

const cellText = ({ type, values }: Field, row: number): string => {
  const value: unknown = values[row]
  if (value === null || value === undefined) return ''
  return type === FieldType.time && typeof value === 'number'
    ? dateTimeFormat(value)
    : String(value)
}
