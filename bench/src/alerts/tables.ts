import type { BudgetCell, Estimate, HealthyCell, OutageCell, RecallCell } from './simulator.ts'

export const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: 3 })

export const percentage = (ratio: number): string => `${number(ratio * 100)} %`

const bounded = ({ high, low, value }: Estimate): string => {
  const shown = (of: number | null) => (of === null ? 'never' : number(of))
  return `${shown(value)} (${shown(low)} to ${shown(high)})`
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

/** Cells of several systems that are otherwise of one kind, side by side in a row. */
const rowsOf = <Cell extends { readonly system: string }>(
  cells: readonly Cell[],
  kind: (cell: Cell) => readonly string[],
  show: (cell: Cell) => readonly string[],
): string[][] => {
  const rows = new Map<string, string[]>()
  for (const cell of cells) {
    const key = kind(cell)
    const row = rows.get(key.join()) ?? [...key]
    row.push(...show(cell))
    rows.set(key.join(), row)
  }
  return [...rows.values()]
}

const each = (cells: readonly { readonly system: string }[], ...columns: string[]): string[] =>
  [...new Set(cells.map(({ system }) => system))].flatMap((system) =>
    columns.map((column) => `${system}: ${column}`),
  )

export const healthyTable = (cells: readonly HealthyCell[]): string =>
  table(
    ['requests/h', 'errors', ...each(cells, 'pages', 'tickets', 'one customer’s tickets')],
    rowsOf(
      cells,
      ({ clumps, perHour }) => [number(perHour), clumps ? 'in clumps' : 'independent'],
      ({ alerts, pages, tickets }) => [
        bounded(pages),
        bounded(tickets),
        number(alerts['CxCustomerOutage ticket'] ?? 0),
      ],
    ),
  )

export const outageTable = (cells: readonly OutageCell[]): string =>
  table(
    ['requests/h', 'errors', 'hours', ...each(cells, 'to page', 'to reset', 'pages sent')],
    rowsOf(
      cells,
      ({ errors, hours, perHour }) => [number(perHour), percentage(errors), number(hours)],
      ({ pages, reset, toPage }) => [
        bounded(toPage),
        bounded(reset),
        pages.value === null ? '' : number(pages.value),
      ],
    ),
  )

export const recallTable = (cells: readonly RecallCell[]): string =>
  table(
    ['requests/h', 'errors', 'cost', 'failures at 5 %', ...each(cells, 'told')],
    rowsOf(
      cells,
      ({ errors, failures, just, perHour }) => [
        number(perHour),
        percentage(errors),
        just ? 'just 5 %' : '5 to 10 %',
        number(failures),
      ],
      ({ missed, noticed, outages }) => [
        `${outages - missed} of ${outages} (${percentage(noticed.low ?? 0)} or more)`,
      ],
    ),
  )

export const budgetTable = (cells: readonly BudgetCell[]): string =>
  table(
    ['scraped every', 'an outage in it', 'failures', ...each(cells, 'median off', 'worst')],
    rowsOf(
      cells,
      ({ failures, outage, scrapeSeconds }) => [
        `${scrapeSeconds} s`,
        outage ? 'yes' : 'no',
        number(failures),
      ],
      ({ off, runs, unknown, worst }) =>
        off.value === null || worst === null
          ? [`no number in ${unknown} of ${runs}`, '']
          : [percentage(off.value), percentage(worst)],
    ),
  )
