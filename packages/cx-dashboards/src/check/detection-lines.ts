import {
  type Catalog,
  isForgeable,
  type Objective,
  spokenPercent,
  spokenWindow,
  type Severity,
} from 'cx-definition'
import { secondsToFire } from '../prometheus/time-to-fire.ts'
import { oneLine } from './one-line.ts'
import { budgetEvents } from './declared-budget.ts'
import { roughly, spokenNumber } from './spoken-number.ts'
import { textTable } from './text-table.ts'

/** How soon a full outage is told at the declared traffic. */
export const detectionLines = ({ objectives }: Catalog): string[] =>
  objectives.length === 0
    ? []
    : [
        'A full outage is told at the declared traffic',
        ...textTable(headings, objectives.map(rowOf)).map((line) => `  ${line}`),
      ]

const headings = [
  'objective',
  'promised',
  'over',
  'events an hour',
  'may fail',
  'page after',
  'ticket after',
]

const rowOf = (objective: Objective): string[] => {
  const { indicator, name, target, traffic, window } = objective
  const budget = budgetEvents(objective)
  return [
    oneLine(name),
    spokenPercent(target),
    spokenWindow(window),
    traffic ? spokenNumber(traffic.perHour) : '?',
    budget === undefined ? '?' : spokenNumber(budget),
    isForgeable(indicator) ? 'no pages' : toldAfter(objective, 'page'),
    toldAfter(objective, 'ticket'),
  ]
}

const toldAfter = (objective: Objective, severity: Severity): string => {
  if (!objective.traffic) return '?'
  const seconds = secondsToFire(objective, severity)
  return seconds === undefined ? 'never' : roughly(seconds)
}
