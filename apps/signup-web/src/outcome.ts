import { copy, type FieldName } from './copy.ts'
import type { RequestFailure } from './request.ts'

export interface FieldProblem {
  readonly field: FieldName
  readonly code: string
}

/** How the sending of a form ended, where it did not lead on. */
export interface Outcome {
  readonly problems?: readonly FieldProblem[]
  readonly failure?: RequestFailure['kind'] | 'unexpected'
  readonly saved?: boolean
}

export const isFieldName = (field: string | undefined): field is FieldName =>
  field !== undefined && Object.hasOwn(copy.problems, field)
