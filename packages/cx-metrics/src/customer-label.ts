import { isDimensionValue, placeholders } from 'cx-definition'

/** The label of whatever a resolver returned: the value itself when it can be one. */
export const customerLabel = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return placeholders.missing
  return isDimensionValue(value) ? value : placeholders.malformed
}
