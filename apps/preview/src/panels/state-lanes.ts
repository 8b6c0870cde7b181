import { FieldType, getFieldDisplayName, type DataFrame, type Field } from '@grafana/data'
import { stateSegments, type StateSegment } from './state-segments.ts'

export interface StateLane {
  readonly name: string
  readonly field: Field
  readonly segments: readonly StateSegment[]
}

/** A lane for each series that is shown. @param end milliseconds since 1970, until which a last value stands */
export const stateLanes = (
  frames: DataFrame[],
  end: number,
  { mergeValues }: { readonly mergeValues: boolean },
): StateLane[] => frames.flatMap((frame) => lanesOf(frame, frames, end, mergeValues))

function lanesOf(
  frame: DataFrame,
  all: DataFrame[],
  end: number,
  mergeValues: boolean,
): StateLane[] {
  const time = frame.fields.find(({ type }) => type === FieldType.time)
  if (!time) return []
  return frame.fields
    .filter((field) => field !== time && !field.config.custom?.hideFrom?.viz)
    .map((field) => ({
      name: getFieldDisplayName(field, frame, all),
      field,
      segments: stateSegments({
        times: time.values as number[],
        values: field.values,
        end,
        stepMs: time.config.interval ?? undefined,
        mergeValues,
      }),
    }))
}
