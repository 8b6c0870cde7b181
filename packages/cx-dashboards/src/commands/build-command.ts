import { resolve } from 'node:path'
import type { Artifact } from '../artifact.ts'
import { buildArtifacts } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import type { CliOptions } from '../cli.ts'
import { loadConfig } from '../load-config.ts'
import { leftBehind, writeArtifacts } from '../publishers/directory.ts'
import { hasGeneratedPart } from '../runbooks/generated-part.ts'

export const buildCommand = async (options: CliOptions): Promise<void> => {
  const { config, out = 'generated', schema } = options
  if (schema !== 'v1' && schema !== 'v2') {
    throw new Error(`--schema ${JSON.stringify(schema)} is none. Use v1 or v2.`)
  }
  const artifacts = await chosenArtifacts(await loadConfig(config), options)
  for (const { outcome, path } of await writeArtifacts(out, artifacts)) {
    const why = outcome === 'kept' ? ' (it has no generated part)' : ''
    console.log(`${outcome} ${resolve(out, path)}${why}`)
  }
  for (const path of await leftBehind(out, artifacts, hasGeneratedPart)) {
    console.log(`left ${resolve(out, path)} (no alert leads there any more)`)
  }
}

/** What few ask for is loaded when it is asked for. */
const chosenArtifacts = async (
  set: DashboardSet,
  { provisioning, schema }: CliOptions,
): Promise<readonly Artifact[]> => [
  ...replacing(
    buildArtifacts(set),
    schema === 'v2' ? (await import('../schema-v2.ts')).resourceArtifacts(set) : [],
  ),
  ...(provisioning ? (await import('../provisioning.ts')).provisioningArtifacts(set) : []),
]

const replacing = (
  artifacts: readonly Artifact[],
  others: readonly Artifact[],
): readonly Artifact[] => {
  const paths = new Set(others.map(({ path }) => path))
  return [...artifacts.filter(({ path }) => !paths.has(path)), ...others]
}
