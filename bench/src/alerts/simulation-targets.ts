import type { Cells } from './report.ts'
import type { Estimate, OutageCell } from './simulator.ts'
import { number, percentage } from './tables.ts'

export interface Target {
  readonly aim: string
  readonly seen: string
  readonly reached: boolean
}

const ours = 'cx'
const theirs = 'Sloth'

/** What the simulation is there to show. */
export const targets = (cells: Cells): Target[] => [
  ...falsePages(cells),
  fullOutage(cells),
  ...delays(cells),
  recalled(cells),
  budgeted(cells),
]

const falsePages = ({ healthy }: Cells): Target[] => {
  const pagesOf = (name: string) =>
    healthy.find(({ clumps, perHour, system }) => clumps && perHour === 60 && system === name)
      ?.pages
  const most = pagesOf(ours)?.high ?? Infinity
  const sloth = pagesOf(theirs)?.value ?? 0
  return [
    {
      aim: '60/h, errors in clumps: at most 0.7 false pages in 30 days, upper bound',
      seen: number(most),
      reached: most <= 0.7,
    },
    {
      aim: 'and at most an eighth of Sloth’s',
      seen: `${number(most)} beside ${number(sloth)}`,
      reached: most <= sloth / 8,
    },
  ]
}

const fullOutage = ({ outages }: Cells): Target => {
  const minutes = delayOf(outages, ours, 60, 1)
  return {
    aim: '60/h: a full outage pages within 6 minutes, median',
    seen: number(minutes),
    reached: minutes <= 6,
  }
}

const delays = ({ outages }: Cells): Target[] =>
  outages
    .filter(({ perHour, system }) => system === ours && perHour >= 600)
    .map(({ errors, perHour }) => {
      const [here, there] = [ours, theirs].map((name) => delayOf(outages, name, perHour, errors))
      return {
        aim: `${number(perHour)}/h, ${percentage(errors)} errors: at most twice Sloth’s delay`,
        seen: `${number(here ?? Infinity)} beside ${number(there ?? 0)} minutes`,
        reached: (here ?? Infinity) <= 2 * (there ?? 0),
      }
    })

const delayOf = (
  cells: readonly OutageCell[],
  name: string,
  rate: number,
  share: number,
): number => {
  const cell = cells.find(
    ({ errors, perHour, system }) => system === name && perHour === rate && errors === share,
  )
  return medianOf(cell?.toPage)
}

const medianOf = (estimate: Estimate | undefined): number => estimate?.value ?? Infinity

const recalled = ({ recall }: Cells): Target => {
  const own = recall.filter(({ system }) => system === ours)
  const missed = own.reduce((sum, cell) => sum + cell.missed, 0)
  const all = own.reduce((sum, cell) => sum + cell.outages, 0)
  return {
    aim: 'every outage that costs 5 % of the budget or more is told, by page or ticket',
    seen: `${all - missed} of ${all}`,
    reached: all > 0 && missed === 0,
  }
}

const budgeted = ({ budget }: Cells): Target => {
  const worst = Math.max(
    ...budget.filter(({ system }) => system === ours).map((cell) => cell.worst ?? Infinity),
  )
  return {
    aim: 'the budget spent is within 1 % of the count, in the worst of all runs',
    seen: percentage(worst),
    reached: worst <= 0.01,
  }
}
