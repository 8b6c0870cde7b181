import { type Duration, seconds } from 'cx-definition'
import type { DashboardSet } from '../dashboard-set.ts'
import { catalogCost } from '../check/cost.ts'
import { costLines } from '../check/cost-lines.ts'
import { detectionLines } from '../check/detection-lines.ts'
import { findingLines } from '../check/finding-lines.ts'
import { feasibilityFindings } from '../check/feasibility.ts'
import type { Finding } from '../check/finding.ts'
import { lintFindings } from '../check/lint-findings.ts'
import { oneLine } from '../check/one-line.ts'
import { prometheusFindings } from '../check/prometheus-findings.ts'
import { type ProofStep, prove } from '../check/proof.ts'
import { prometheusDuration, type Retention, retentionFindings } from '../check/retention.ts'
import { counted } from '../check/spoken-number.ts'
import type { CliOptions } from '../cli.ts'
import { loadConfig } from '../load-config.ts'
import { prometheusAccess } from '../publishers/prometheus-access.ts'
import { connectPrometheus, type Prometheus } from '../publishers/prometheus-api.ts'

/** Says whether a catalog's alerts can work and what they cost. @throws {Error} where one of them cannot. */
export const checkCommand = async (options: CliOptions): Promise<void> => {
  const given = retentionGiven(options.retention)
  const scrapeInterval = scrapeIntervalGiven(options['scrape-interval'])
  const set = await loadConfig(options.config)
  const prometheus = options.prometheus
    ? connectPrometheus(await prometheusAccess(options.prometheus, process.env))
    : undefined
  const findings = await allFindings(set, prometheus, given)
  const cost = set.alerting ? catalogCost(set, set.alerting, scrapeInterval) : undefined
  if (!options.json) {
    print(findingLines(findings), detectionLines(set.catalog), cost ? costLines(cost) : [])
  }
  const proof = await prove(set, options.json ? () => {} : tell)
  if (options.json) console.log(JSON.stringify({ findings, cost, proof }, undefined, 2))
  conclude(findings, proof)
}

const retentionGiven = (text: string | undefined): Retention | undefined => {
  if (text === undefined) return undefined
  const kept = prometheusDuration(text)
  if (kept) return { kept, source: 'by --retention' }
  throw new Error(
    `--retention ${JSON.stringify(text)} is no duration. Give it as Prometheus does, such as 30d.`,
  )
}

const scrapeIntervalGiven = (text: string): Duration => {
  if (/^\d+$/.test(text) && Number(text) > 0) return seconds(Number(text))
  throw new Error(`--scrape-interval ${text} is not a whole number of seconds.`)
}

const allFindings = async (
  set: DashboardSet,
  prometheus: Prometheus | undefined,
  retention: Retention | undefined,
): Promise<Finding[]> => {
  const { alerting, catalog } = set
  const now = Math.floor(Date.now() / 1000)
  return [
    ...lintFindings(set),
    ...feasibilityFindings(catalog, { alerting, now }),
    ...(prometheus
      ? await prometheusFindings(catalog, alerting, prometheus, { now, retention })
      : retentionFindings(catalog, retention)),
  ]
}

const print = (...blocks: readonly (readonly string[])[]): void => {
  for (const lines of blocks) {
    if (lines.length > 0) console.log(`${lines.join('\n')}\n`)
  }
}

const tell = ({ outcome, told, what }: ProofStep): void => {
  console.log(`${outcome.padEnd(7)}  ${what}`)
  if (outcome === 'passed') return
  for (const line of told.split('\n')) console.log(`         ${oneLine(line)}`)
}

/** @throws {Error} with the number of errors, so that a pipeline stops. */
const conclude = (findings: readonly Finding[], proof: readonly ProofStep[]): void => {
  const count = (severity: Finding['severity']) =>
    counted(findings.filter((each) => each.severity === severity).length, severity)
  const proofs = (of: ProofStep['outcome']) => proof.filter(({ outcome }) => outcome === of).length
  const failed = proofs('failed')
  const parts = [
    count('error'),
    count('warning'),
    count('note'),
    counted(failed, 'failed proof'),
    // What nobody looked at did not pass.
    ...(proofs('not run') > 0 ? [`${counted(proofs('not run'), 'proof')} not run`] : []),
    ...(proof.length === 0 ? ['and nothing to prove without alerting'] : []),
  ]
  const summary = `${parts.join(', ')}.`
  if (failed > 0 || findings.some(({ severity }) => severity === 'error')) throw new Error(summary)
  console.error(summary)
}
