import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { alertmanager } from '../../scripts/stack/alertmanager.ts'
import { findAlertmanager } from '../../scripts/stack/find-alertmanager.ts'
import { startPart, untilReady } from '../../scripts/stack/part.ts'
import { freePorts } from '../../scripts/stack/ports.ts'

/** A folder that is gone after the test. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cx-alertmanager-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An Alertmanager of the test's own, until its end. @returns its URL */
export const startAlertmanager = async (config: string): Promise<string> => {
  const folder = await temporaryFolder()
  const file = join(folder, 'alertmanager.yml')
  await writeFile(file, config)
  const { alertmanager: port } = await freePorts()
  const part = startPart({
    ...(await alertmanager(port, file, folder, () => {})),
    log: () => {},
  })
  onTestFinished(part.stop)
  const url = `http://127.0.0.1:${port}`
  await untilReady(`${url}/-/ready`, part)
  return url
}

/** Runs amtool. @returns its exit code and what it said */
export const amtool = (...args: readonly string[]): { code: number | null; said: string } => {
  const { status, stderr, stdout } = spawnSync(findAlertmanager(() => {}).amtool, args, {
    encoding: 'utf8',
    timeout: 20_000,
  })
  return { code: status, said: stdout + stderr }
}

export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  /** ISO 8601. */
  readonly startsAt?: string
  readonly endsAt?: string
}

/** As Prometheus does it. @throws Error with what Alertmanager says */
export const postAlerts = async (url: string, alerts: readonly PostedAlert[]): Promise<void> => {
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  })
  if (!response.ok) throw new Error(await response.text())
}
