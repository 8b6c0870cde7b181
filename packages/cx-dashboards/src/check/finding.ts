/** `error`: it cannot work. `warning`: it works worse than it looks. `note`: worth knowing. */
export type FindingSeverity = 'error' | 'warning' | 'note'

/** What a check found in a catalog, and how to mend it. */
export interface Finding {
  readonly severity: FindingSeverity
  /** Where, such as `objectives[2].target`. */
  readonly path: string
  /** Plain words, without a full stop. */
  readonly message: string
  readonly remedy: string
}

const order: readonly FindingSeverity[] = ['error', 'warning', 'note']

/** The worst first; within a severity as they were found. */
export const bySeverity = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
