import type { VariableModel } from '@grafana/schema'
import { allValue, type VariableValue } from '../interpolation/variable-value.ts'
import type { VariableOption } from './variable-options.ts'

/** A variable of the dashboard with its options loaded and its value decided. */
export interface DashboardVariable extends VariableValue {
  readonly model: VariableModel
  readonly options: readonly VariableOption[]
  /** Why the options could not be loaded. */
  readonly error?: string | undefined
}

const allOption: VariableOption = { value: allValue, text: 'All' }

/** Takes the value from the URL, else from the JSON, else the first option: as Grafana does. */
export function decideValue(
  model: VariableModel,
  loaded: readonly VariableOption[],
  fromUrl: readonly string[] | undefined,
  error?: string,
): DashboardVariable {
  const options = model.includeAll ? [allOption, ...loaded] : loaded
  const wanted = fromUrl ?? currentValues(model)
  // A value in the URL counts even if no series has it (yet): a link to a quiet customer must not show another one.
  const kept = wanted.filter((value) => fromUrl || isKnown(value, options))
  const chosen = kept.length > 0 ? kept : options.slice(0, 1).map(({ value }) => value)
  // Links written by hand say "All" where Grafana writes $__all.
  const isAll =
    chosen.includes(allValue) || (model.includeAll === true && chosen[0] === allOption.text)
  const values = isAll ? loaded.map(({ value }) => value) : chosen
  return {
    name: model.name,
    model,
    options,
    error,
    isAll,
    isRegex: Boolean(model.multi || model.includeAll),
    allValue: model.allValue || undefined,
    value: model.multi || isAll ? values : (values[0] ?? ''),
    text: isAll
      ? 'All'
      : values
          .map((value) => options.find((option) => option.value === value)?.text ?? value)
          .join(' + '),
  }
}

const isKnown = (value: string, options: readonly VariableOption[]) =>
  options.some((option) => option.value === value)

function currentValues({ current }: VariableModel): readonly string[] {
  const value = current && 'value' in current ? current.value : undefined
  if (value === undefined || value === '') return []
  return Array.isArray(value) ? value : [String(value)]
}

/** What the picker shows as chosen, and what goes into the URL. */
export const chosenValues = ({ isAll, value }: VariableValue): readonly string[] =>
  isAll ? [allValue] : typeof value === 'string' ? [value] : value
