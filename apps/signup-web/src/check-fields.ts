import type { FieldProblem } from './outcome.ts'

const mostCharacters = 100
const mostInAddress = 254
const fewestInPassword = 12
const address = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/

/** What can be told without the service, which has the last word. */
const checks: Readonly<Record<string, (value: string) => string | undefined>> = {
  name: (value) => textProblem(value),
  company: (value) => textProblem(value),
  email: (value) => {
    if (value === '') return 'missing'
    if (value.length > mostInAddress) return 'too-long'
    return address.test(value) ? undefined : 'malformed'
  },
  size: (value) => (value === '' ? 'missing' : undefined),
  password: (value) => {
    if (value === '') return 'missing'
    return Array.from(value).length < fewestInPassword ? 'too-short' : undefined
  },
  current: (value) => (value === '' ? 'missing' : undefined),
}

const textProblem = (value: string): string | undefined => {
  if (value === '') return 'missing'
  return Array.from(value).length > mostCharacters ? 'too-long' : undefined
}

/** In the order of the form. */
export const problemsIn = (values: Readonly<Record<string, string>>): FieldProblem[] =>
  Object.entries(values).flatMap(([field, value]) => {
    const code = checks[field]?.(value)
    return code === undefined ? [] : [{ field, code } as FieldProblem]
  })
