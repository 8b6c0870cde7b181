import { equals, equalsVariable, type Matcher } from '../promql/matcher.ts'

/** The dashboard's variable of that name, in place of a fixed value. */
export interface VariableValue {
  readonly variable: string
}

/** Whatever value the dashboard's variable of that name has when one looks at it. */
export const variable = (name: string): VariableValue => ({ variable: name })

export const customerMatcher = (dimension: string, customer: string | VariableValue): Matcher =>
  typeof customer === 'string'
    ? equals(dimension, customer)
    : equalsVariable(dimension, customer.variable)
