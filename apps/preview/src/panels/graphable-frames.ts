import { FieldType, type DataFrame, type Field } from '@grafana/data'

/** What a graph can draw: frames with a time, their numbers, and gaps where a value is NaN or infinite. */
export function graphableFrames(frames: readonly DataFrame[]): DataFrame[] {
  return frames
    .filter(({ fields }) => fields.some(isTime) && fields.some(isNumber))
    .map((frame) => ({
      ...frame,
      fields: frame.fields.filter((field) => isTime(field) || isNumber(field)).map(withGaps),
    }))
}

const isTime = ({ type }: Field) => type === FieldType.time
const isNumber = ({ type }: Field) => type === FieldType.number

function withGaps(field: Field): Field {
  if (!isNumber(field)) return field
  return {
    ...field,
    values: field.values.map((value: number | null) => (Number.isFinite(value) ? value : null)),
  }
}
