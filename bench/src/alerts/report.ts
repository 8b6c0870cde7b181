import type { BudgetCell, HealthyCell, OutageCell, RecallCell } from './simulator.ts'
import { budgetTable, healthyTable, outageTable, recallTable } from './tables.ts'
import { type Target, targets } from './simulation-targets.ts'

export interface Cells {
  readonly healthy: readonly HealthyCell[]
  readonly outages: readonly OutageCell[]
  readonly recall: readonly RecallCell[]
  readonly budget: readonly BudgetCell[]
}

/** All tables as Markdown, and whether every target was reached. */
export const report = (
  cells: Cells,
  { minutes, runs }: { readonly minutes: number; readonly runs: number },
): { readonly text: string; readonly reached: boolean } => {
  const aims = targets(cells)
  const text = [
    `${runs} months or outages a cell (recall: half of them each way; budget: a tenth), ${minutes} minutes.`,
    '### Targets',
    targetTable(aims),
    '### A healthy service: what fires in 30 days',
    healthyTable(cells.healthy),
    '### Outages: minutes to the page and to its end',
    outageTable(cells.outages),
    '### Outages that cost 5 % of the budget: told by page or ticket',
    recallTable(cells.recall),
    '### The budget on record beside a count of every request',
    budgetTable(cells.budget),
  ].join('\n\n')
  return { text, reached: aims.every(({ reached }) => reached) }
}

const targetTable = (aims: readonly Target[]): string =>
  [
    '| | seen | reached |',
    '|---|---|---|',
    ...aims.map(({ aim, reached, seen }) => `| ${aim} | ${seen} | ${reached ? 'yes' : 'no'} |`),
  ].join('\n')
