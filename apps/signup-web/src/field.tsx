import type { ReactNode } from 'react'
import { type FieldName, problemText } from './copy.ts'
import type { FieldProblem } from './outcome.ts'

export interface FieldProps {
  readonly name: FieldName
  readonly label: string
  readonly hint?: string
  readonly problems: readonly FieldProblem[] | undefined
  readonly children: (control: ControlProps) => ReactNode
}

/** What ties the input to its label, hint and problem. */
export interface ControlProps {
  readonly id: FieldName
  readonly name: FieldName
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string | undefined
  readonly required: true
}

const hintId = (name: FieldName) => `${name}-hint`
const problemId = (name: FieldName) => `${name}-problem`

/** Label, hint, problem and control, in the order in which a screen reader should tell them. */
export const Field = ({ children, hint, label, name, problems = [] }: FieldProps) => {
  const problem = problems.find(({ field }) => field === name)
  const describedBy = [hint && hintId(name), problem && problemId(name)].filter(Boolean).join(' ')
  return (
    <div className={problem ? 'field bad' : 'field'}>
      <label htmlFor={name}>{label}</label>
      {hint && (
        <p className="hint" id={hintId(name)}>
          {hint}
        </p>
      )}
      {problem && (
        <p className="problem" id={problemId(name)}>
          {problemText(name, problem.code)}
        </p>
      )}
      {children({
        id: name,
        name,
        required: true,
        'aria-invalid': problem !== undefined,
        'aria-describedby': describedBy || undefined,
      })}
    </div>
  )
}
