import { join } from 'node:path'
import { reportOf } from '../backtest/report.ts'
import type { BacktestCatalog } from '../backtest/replayed-alert.ts'
import { runBacktest } from '../backtest/run-backtest.ts'
import { type CliOptions, defaultPrometheus } from '../cli.ts'
import { loadConfig } from '../load-config.ts'
import { writeArtifacts } from '../publishers/directory.ts'
import { prometheusAccess } from '../publishers/prometheus-access.ts'
import { connectPrometheus } from '../publishers/prometheus-api.ts'
import { backtestRange } from './backtest-range.ts'

// Prometheus itself gives up a query after two minutes, unless it was told otherwise.
const patienceMilliseconds = 125_000

/** @throws {Error} where something is left unknown, after what is known was printed */
export const backtestCommand = async (options: CliOptions): Promise<void> => {
  const say = (line: string) => console.error(`backtest: ${line}`)
  const range = backtestRange(options, Math.floor(Date.now() / 1000), say)
  const today = await catalogIn(options.config)
  const changed = options.against === undefined ? undefined : await catalogIn(options.against)
  const access = await prometheusAccess(options.prometheus ?? defaultPrometheus, process.env)
  const backtest = await runBacktest({
    ...range,
    today,
    ...(changed && { changed }),
    prometheus: connectPrometheus(access, { patienceMilliseconds }),
    say,
  })
  const json = `${JSON.stringify(backtest, undefined, 2)}\n`
  console.log(options.json ? json.trimEnd() : reportOf(backtest))
  if (options.out !== undefined) {
    const file = 'backtest.json'
    await writeArtifacts(options.out, [{ path: file, content: json }])
    say(
      `wrote ${join(options.out, file)}; see it with cx-dashboards preview --backtest ${join(options.out, file)}`,
    )
  }
  const [problem] = backtest.problems
  if (problem !== undefined) throw new Error(`the backtest is incomplete. ${problem}`)
}

const catalogIn = async (file: string): Promise<BacktestCatalog> => ({
  file,
  set: await loadConfig(file),
})
