import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../root.ts'

export interface GeneratedAlerting {
  readonly alertmanagerFile: string
  /** A pattern, as Prometheus takes it. */
  readonly ruleFiles: string
}

/**
 * Writes the sample's rules and routes, by the command that a user has too.
 * @param env what the sample's configuration reads, such as `ONCALL_INBOX_URL`
 * @throws Error with what the command said
 */
export const generateAlerting = async (
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<GeneratedAlerting> => {
  const args = ['build', '--config=apps/catalog/cx-dashboards.config.ts', `--out=${folder}`]
  const child = spawn(process.execPath, ['packages/cx-dashboards/bin/cx-dashboards.js', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`The sample's alerts cannot be generated: ${said.trim()}`)
  return {
    alertmanagerFile: join(folder, 'alertmanager', 'alertmanager.yml'),
    ruleFiles: join(folder, 'prometheus', '*.rules.yml'),
  }
}
