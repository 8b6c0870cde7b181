import type { CliOptions } from '../cli.ts'
import { loadConfig } from '../load-config.ts'
import { publishDashboards } from '../publish.ts'
import { connectGrafana } from '../publishers/grafana-api.ts'
import { grafanaAccess } from '../publishers/grafana-access.ts'

export const publishCommand = async ({ config }: CliOptions): Promise<void> => {
  // Everything is built before the first request: a definition that cannot work publishes nothing.
  const set = await loadConfig(config)
  const grafana = connectGrafana(await grafanaAccess(process.env))
  await publishDashboards(set, grafana, (line) => console.log(line))
}
