import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Artifact } from '../artifact.ts'

/** Writes each artifact beside its place and then renames it: no reader ever sees half a file. */
export const writeArtifacts = async (
  folder: string,
  artifacts: readonly Artifact[],
): Promise<void> => {
  for (const { content, path } of artifacts) {
    const target = join(folder, path)
    const temporary = `${target}.${process.pid}.tmp`
    await mkdir(dirname(target), { recursive: true })
    try {
      await writeFile(temporary, content)
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, { force: true })
      throw new Error(`${target} cannot be written: ${(error as Error).message}`, { cause: error })
    }
  }
}
