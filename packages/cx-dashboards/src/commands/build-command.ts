import { resolve } from 'node:path'
import { buildArtifacts } from '../build.ts'
import type { CliOptions } from '../cli.ts'
import { loadConfig } from '../load-config.ts'
import { leftBehind, writeArtifacts } from '../publishers/directory.ts'
import { hasGeneratedPart } from '../runbooks/generated-part.ts'

export const buildCommand = async ({ config, out = 'generated' }: CliOptions): Promise<void> => {
  const artifacts = buildArtifacts(await loadConfig(config))
  for (const { outcome, path } of await writeArtifacts(out, artifacts)) {
    const why = outcome === 'kept' ? ' (it has no generated part)' : ''
    console.log(`${outcome} ${resolve(out, path)}${why}`)
  }
  for (const path of await leftBehind(out, artifacts, hasGeneratedPart)) {
    console.log(`left ${resolve(out, path)} (no alert leads there any more)`)
  }
}
