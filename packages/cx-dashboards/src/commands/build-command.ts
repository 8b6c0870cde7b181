import { resolve } from 'node:path'
import { buildArtifacts } from '../build.ts'
import type { CliOptions } from '../cli.ts'
import { loadConfig } from '../load-config.ts'
import { writeArtifacts } from '../publishers/directory.ts'

export const buildCommand = async ({ config, out }: CliOptions): Promise<void> => {
  const artifacts = buildArtifacts(await loadConfig(config))
  await writeArtifacts(out, artifacts)
  for (const { path } of artifacts) console.log(`wrote ${resolve(out, path)}`)
}
