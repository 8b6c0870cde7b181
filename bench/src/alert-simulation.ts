// False pages, minutes to a page, missed outages and the budget's accuracy: the generated rules beside Sloth's.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cacheFolder, root } from './alerts/folders.ts'
import { generatedRules } from './alerts/simulated-catalog.ts'
import { replacePart } from './alerts/generated-part.ts'
import {
  alertName,
  type BudgetCell,
  buildSimulator,
  type HealthyCell,
  type OutageCell,
  type RecallCell,
  simulate,
  testSimulator,
} from './alerts/simulator.ts'
import { slothRules } from './alerts/sloth.ts'
import { report } from './alerts/report.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '300' } } })
const runs = Number(values.runs)
const enough = 300
const rates = [10, 60, 600, 6_000]
const folder = join(cacheFolder, 'alert-simulation')
const alertSteps = 60
const budgetSteps = 30

const saved = (name: string, content: string): string => {
  const path = join(folder, `${name}.rules.yml`)
  writeFileSync(path, content)
  return path
}

const ours = (requestsAnHour: number, intervalSeconds: number): string =>
  saved(
    `cx-${requestsAnHour}-${intervalSeconds}s`,
    generatedRules({ requestsAnHour, intervalSeconds }),
  )

mkdirSync(folder, { recursive: true })
buildSimulator()
const sloth = saved('sloth', slothRules(alertName))
testSimulator([ours(60, alertSteps), sloth])

const systems = (file: string) => [
  { name: 'cx', files: [file] },
  { name: 'Sloth', files: [sloth] },
]
const cells: {
  healthy: HealthyCell[]
  outages: OutageCell[]
  recall: RecallCell[]
  budget: BudgetCell[]
} = { healthy: [], outages: [], recall: [], budget: [] }

// What is known so far, for who looks in before the end.
const keepCells = () => writeFileSync(join(folder, 'cells.json'), JSON.stringify(cells, null, 2))

const begun = performance.now()
for (const rate of rates) {
  const order = {
    systems: systems(ours(rate, alertSteps)),
    perHour: [rate],
    scrapeSeconds: [15],
    intervalSeconds: alertSteps,
    runs,
  }
  cells.healthy.push(...(await simulate('healthy', order)))
  cells.outages.push(...(await simulate('outages', order)))
  cells.recall.push(...(await simulate('recall', order)))
  keepCells()
}
// Months of many requests: a tenth of the runs tells as much.
const budgetRuns = Math.ceil(runs / 10)
cells.budget.push(
  ...(await simulate('budget', {
    systems: systems(ours(3_000, budgetSteps)),
    perHour: [],
    scrapeSeconds: [15, 30],
    intervalSeconds: budgetSteps,
    runs: budgetRuns,
  })),
)
keepCells()
const minutes = Math.round((performance.now() - begun) / 60_000)

const { reached, text } = report(cells, { runs, minutes })
console.log(text)
if (runs >= enough) replacePart(join(root, 'docs/alert-simulation.md'), text)
else
  console.log(`docs/alert-simulation.md stays as it is: it is written from ${enough} runs or more.`)
process.exitCode = reached ? 0 : 1
