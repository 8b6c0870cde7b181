import type { Severity } from './burn-rate.ts'
import type { Problem } from './definition-error.ts'
import { type Duration, minutes, spokenDuration } from './duration.ts'
import type { Percent } from './percent.ts'
import { percentProblems } from './problems.ts'

/** A simple rule beside the budget: the share of good events was below a line for so long. */
export interface Breach {
  readonly below: Percent
  readonly lasting: Duration
  readonly severity: Severity
}

/** `breach({ below: percent(99), lasting: minutes(5) })`; a ticket unless it says `page`. */
export const breach = ({
  below,
  lasting,
  severity = 'ticket',
}: Omit<Breach, 'severity'> & { readonly severity?: Severity }): Breach => ({
  below,
  lasting,
  severity,
})

const shortest = minutes(5)
const longest = minutes(60)

export const breachProblems = (path: string, { below, lasting }: Breach): Problem[] => [
  ...percentProblems(`${path}.below`, below, { below100: true }),
  ...(lasting.seconds >= shortest.seconds &&
  lasting.seconds <= longest.seconds &&
  lasting.seconds % 60 === 0
    ? []
    : [
        {
          code: 'CX_ERR_BREACH' as const,
          path: `${path}.lasting`,
          message: `${spokenDuration(lasting)} is no span for a breach`,
          remedy: `Use whole minutes from ${spokenDuration(shortest)} to ${spokenDuration(longest)}; what lasts longer is a burn rate’s to tell`,
        },
      ]),
]
