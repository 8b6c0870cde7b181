import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findAlertmanager } from './find-alertmanager.ts'
import type { PartOptions } from './part.ts'

/** An Alertmanager on 127.0.0.1 that belongs to no cluster, ready at `/-/ready`. */
export const alertmanager = async (
  port: number,
  configFile: string,
  folder: string,
  log: (line: string) => void,
): Promise<Omit<PartOptions, 'log'>> => {
  const data = join(folder, 'alertmanager')
  await mkdir(data, { recursive: true })
  const tools = findAlertmanager(log)
  return {
    name: 'alertmanager',
    command: tools.alertmanager,
    args: [
      `--config.file=${configFile}`,
      `--storage.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.external-url=http://127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    cwd: tools.home,
  }
}
