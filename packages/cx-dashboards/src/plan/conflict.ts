import type { Step } from './step.ts'

/** Why something is left alone. */
export interface Obstacle {
  /** A clause, such as `it is not from cx-dashboards`. */
  readonly reason: string
  /** A sentence. */
  readonly remedy: string
}

/** What makes a step one that is told of, and not done. */
export const conflict = ({
  reason,
  remedy,
}: Obstacle): Pick<Step, 'action' | 'reason' | 'apply'> => ({
  action: 'conflict',
  reason,
  apply: () => Promise.reject(new Error(`${reason}. ${remedy}`)),
})
