/** What Grafana puts into the URL for "All". */
export const allValue = '$__all'

/** A dashboard variable with the value chosen for it: what interpolation needs to know. */
export interface VariableValue {
  readonly name: string
  readonly value: string | readonly string[]
  readonly text: string
  /** Multi-valued or with "All": PromQL then matches by regular expression, so even a single value is escaped. */
  readonly isRegex: boolean
  /** Replaces the values when "All" is chosen; goes into the text as it is. */
  readonly allValue?: string | undefined
  readonly isAll: boolean
}
