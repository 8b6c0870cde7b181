import { allValue, type VariableValue } from '../interpolation/variable-value.ts'

/** A variable as a repeated panel or row sees it: one of the values chosen. */
export interface RepeatedValue {
  readonly name: string
  readonly value: string
  readonly text: string
}

/** The chosen values of the variable that something is repeated by; undefined where there is no such variable. */
export function repeatedValues(
  name: string,
  variables: readonly VariableValue[],
): readonly RepeatedValue[] | undefined {
  const variable = variables.find((each) => each.name === name)
  if (!variable) return undefined
  const values = (typeof variable.value === 'string' ? [variable.value] : variable.value).filter(
    (value) => value !== '' && value !== allValue,
  )
  const texts = variable.isAll ? values : variable.text.split(' + ')
  return values.map((value, index) => ({ name, value, text: texts[index] ?? value }))
}

/** All variables, with one of them as it is for a copy. It still matches by regular expression if it did before. */
export const withRepeated = (
  variables: readonly VariableValue[],
  { name, text, value }: RepeatedValue,
): readonly VariableValue[] =>
  variables.map((variable) =>
    variable.name === name
      ? { ...variable, value, text, isAll: false, allValue: undefined }
      : variable,
  )
