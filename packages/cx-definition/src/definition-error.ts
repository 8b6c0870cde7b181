export type ProblemCode =
  | 'CX_ERR_BOUNDS'
  | 'CX_ERR_BREACH'
  | 'CX_ERR_DIMENSION'
  | 'CX_ERR_DUPLICATE_NAME'
  | 'CX_ERR_DURATION'
  | 'CX_ERR_EMPTY'
  | 'CX_ERR_EXCLUSION'
  | 'CX_ERR_INSTRUMENT'
  | 'CX_ERR_LAYOUT'
  | 'CX_ERR_METHOD'
  | 'CX_ERR_NAME'
  | 'CX_ERR_NO_CONTACT'
  | 'CX_ERR_NO_RULES'
  | 'CX_ERR_ROUTE'
  | 'CX_ERR_SECRET_FILE'
  | 'CX_ERR_TARGET'
  | 'CX_ERR_THRESHOLD'
  | 'CX_ERR_TRAFFIC'
  | 'CX_ERR_UNKNOWN_APP'
  | 'CX_ERR_UNKNOWN_DASHBOARD'
  | 'CX_ERR_UNKNOWN_FEATURE'
  | 'CX_ERR_UNKNOWN_JOURNEY'
  | 'CX_ERR_UNKNOWN_OPERATION'
  | 'CX_ERR_UNKNOWN_OWNER'
  | 'CX_ERR_UNKNOWN_VARIABLE'
  | 'CX_ERR_URL'
  | 'CX_ERR_WINDOW'

/** One thing that is wrong in a definition, and how to mend it. */
export interface Problem {
  readonly code: ProblemCode
  /** Where in the definition, such as `objectives[2].target`. */
  readonly path: string
  readonly message: string
  readonly remedy: string
}

/** A definition that cannot work. Carries every problem found, not only the first. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(describe(problems))
    this.problems = problems
  }
}

/** @throws {DefinitionError} when there is at least one problem. */
export const throwIfAny = (problems: readonly Problem[]): void => {
  if (problems.length > 0) throw new DefinitionError(problems)
}

const describe = (problems: readonly Problem[]): string => {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const lines = problems.map(
    ({ code, path, message, remedy }) => `  ${path}: ${message}. ${remedy}. (${code})`,
  )
  return [`${count} in the definition:`, ...lines].join('\n')
}
