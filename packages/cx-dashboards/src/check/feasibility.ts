import type { Catalog } from 'cx-definition'
import type { Alerting } from '../alerting.ts'
import { breachFindings, budgetFindings } from './budget-findings.ts'
import { exclusionFindings } from './exclusion-findings.ts'
import type { Finding } from './finding.ts'
import { ownershipFindings } from './ownership-findings.ts'
import { tierFindings } from './tier-findings.ts'

export interface Circumstances {
  readonly alerting: Alerting | undefined
  /** Seconds since 1970. */
  readonly now: number
}

/** Whether what a catalog promises can be kept watch over; what can never be is refused at definition time already. */
export const feasibilityFindings = (
  catalog: Catalog,
  { alerting, now }: Circumstances,
): Finding[] => [
  ...catalog.objectives.flatMap((objective, index) => {
    const path = `objectives[${index}]`
    return [
      ...tierFindings(path, objective),
      ...budgetFindings(path, objective),
      ...breachFindings(path, objective),
    ]
  }),
  ...exclusionFindings(catalog, now),
  ...ownershipFindings(catalog, alerting),
]
