export interface ErrorDescription {
  readonly name: string
  readonly message: string
  readonly stack: string
}

/** What can be read of anything that was thrown: no getter, proxy or null breaks it. */
export const describeError = (error: unknown): ErrorDescription => ({
  name: textOf(error, 'name'),
  message: isPlain(error) ? String(error) : textOf(error, 'message'),
  stack: textOf(error, 'stack'),
})

const isPlain = (error: unknown): boolean =>
  error === null || (typeof error !== 'object' && typeof error !== 'function')

const textOf = (error: unknown, key: keyof ErrorDescription): string => {
  try {
    const text: unknown = (error as ErrorDescription)[key]
    return typeof text === 'string' ? text : ''
  } catch {
    return ''
  }
}
