import { isDateTime, type DateTime, type TimeRange } from '@grafana/data'
import { percentEncode } from './format-value.ts'
import { allValue, type VariableValue } from './variable-value.ts'

/** A relative end stays relative ("now-1h"), an absolute one becomes milliseconds: as Grafana writes it into the URL. */
export const urlTime = (time: string | DateTime) =>
  isDateTime(time) ? String(time.valueOf()) : time

export const timeRangeParameters = ({ raw }: TimeRange) =>
  `from=${percentEncode(urlTime(raw.from))}&to=${percentEncode(urlTime(raw.to))}`

export function variableParameters(variables: readonly VariableValue[]): string {
  return variables
    .flatMap(({ name, value, isAll }) =>
      (isAll ? [allValue] : typeof value === 'string' ? [value] : value).map(
        (item) => `var-${name}=${percentEncode(item)}`,
      ),
    )
    .join('&')
}
