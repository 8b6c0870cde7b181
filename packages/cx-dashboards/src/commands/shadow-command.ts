import { readFile } from 'node:fs/promises'
import type { CliOptions } from '../cli.ts'
import { tagValue } from '../datadog/metric-query.ts'
import { loadConfig } from '../load-config.ts'
import { datadogAccess } from '../publishers/datadog-access.ts'
import { connectDatadog } from '../publishers/datadog-api.ts'
import { monitorEvents } from '../publishers/datadog-events.ts'
import { compareAlerts, tolerance } from '../shadow/compare-alerts.ts'
import { monitorFirings } from '../shadow/monitor-firings.ts'
import { type OldAlert, readOldAlerts } from '../shadow/old-alerts.ts'
import { jsonReport, markdownReport, textReport } from '../shadow/report-formats.ts'
import type { ShadowReport } from '../shadow/shadow-report.ts'
import { watchedMonitors } from '../shadow/watched-monitor.ts'
import { givenPeriod } from './given-period.ts'

/** Tells when the monitors in Datadog fired beside an old tracker's alerts, and what to look at before they tell people. */
export const shadowCommand = async (options: CliOptions): Promise<void> => {
  const report = reportGiven(options)
  const say = (line: string) => console.error(`shadow: ${line}`)
  const { end, start } = givenPeriod(options, Math.floor(Date.now() / 1000), say)
  const { datadog, folder } = await loadConfig(options.config)
  if (!datadog) throw new Error('the set has no Datadog. Give datadog in defineDashboards.')
  const { alerts, file } = await alertsGiven(options.alerts, say)
  const access = await datadogAccess(datadog.site, process.env)
  const { monitors: live } = await connectDatadog(access)
  const monitors = watchedMonitors(await live(tagValue(folder.uid)))
  if (monitors.length === 0) {
    throw new Error(
      `no monitor of the set ${folder.uid} is in Datadog. Run cx-dashboards publish --datadog, and compare when they have judged for a while.`,
    )
  }
  const events = await monitorEvents(access, {
    start: start - tolerance,
    end: end + tolerance,
    monitors: monitors.map(({ id }) => id),
  })
  const firings = monitorFirings(events, monitors)
  const teams = compareAlerts({ monitors, firings, alerts }, { start, end })
  const outside = alerts.filter(({ at }) => at < start || at >= end).length
  console.log(report({ set: folder.uid, file, start, end, outside, teams }))
}

const reportGiven = ({ json, markdown }: CliOptions): ((of: ShadowReport) => string) => {
  if (json && markdown) throw new Error('--json and --markdown are given. Choose one.')
  if (json) return jsonReport
  return markdown ? markdownReport : textReport
}

const alertsGiven = async (
  file: string | undefined,
  say: (line: string) => void,
): Promise<{ readonly file: string; readonly alerts: readonly OldAlert[] }> => {
  if (file === undefined) {
    throw new Error(
      '--alerts is missing. Give the file of the old tracker’s alerts, with the columns time,team,title,url.',
    )
  }
  const text = decoded(await contentOf(file), file)
  const unzoned: string[] = []
  try {
    const alerts = readOldAlerts(text, (line) => unzoned.push(line))
    const [first] = unzoned
    if (first !== undefined) {
      const more = unzoned.length > 1 ? ` So are ${unzoned.length - 1} more.` : ''
      say(`${file}, ${first}${more}`)
    }
    return { file, alerts }
  } catch (error) {
    throw new Error(`${file}, ${(error as Error).message}`, { cause: error })
  }
}

const contentOf = async (file: string): Promise<Buffer> => {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Error(`--alerts cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

const decoded = (content: Buffer, file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch (error) {
    throw new Error(`${file} is not UTF-8. Save it as “CSV UTF-8”.`, { cause: error })
  }
}
