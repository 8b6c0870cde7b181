import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Artifact } from '../artifact.ts'
import { replaceFile } from './replace-file.ts'

/** What became of an artifact. */
export interface Written {
  readonly path: string
  /** `kept`: somebody wrote the whole file, and it stays as it is. */
  readonly outcome: 'wrote' | 'kept'
}

/**
 * Writes each artifact beside its place and then renames it: no reader ever sees half a file. Files that people write into are
 * read first, all of them, so that one that cannot be understood stops everything before anything is written.
 */
export const writeArtifacts = async (
  folder: string,
  artifacts: readonly Artifact[],
): Promise<readonly Written[]> => {
  const contents = await Promise.all(artifacts.map((artifact) => contentOf(folder, artifact)))
  const outcomes: Written[] = []
  for (const [index, { path }] of artifacts.entries()) {
    const content = contents[index]
    if (content !== undefined) await replaceFile(join(folder, path), content)
    outcomes.push({ path, outcome: content === undefined ? 'kept' : 'wrote' })
  }
  return outcomes
}

/** Nothing where the file stays as it is. */
const contentOf = async (folder: string, artifact: Artifact): Promise<string | undefined> => {
  const { keeping, path } = artifact
  if (!keeping) return artifact.content
  const target = join(folder, path)
  const existing = await textOf(target)
  if (existing === undefined) return artifact.content
  try {
    return keeping(existing)
  } catch (error) {
    throw new Error(`${target} was left as it is: ${(error as Error).message}.`, { cause: error })
  }
}

const textOf = async (file: string): Promise<string | undefined> => {
  try {
    // A byte that is no text would be lost when the file is written again, and so would a byte order mark.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const reason = error instanceof TypeError ? 'it is not UTF-8' : (error as Error).message
    throw new Error(`${file} cannot be read, and was left as it is: ${reason}.`, { cause: error })
  }
}

/**
 * Files that an earlier build made and people may have written into, for which there is no artifact any more.
 * @param isOurs whether a build made a file, by its content
 */
export const leftBehind = async (
  folder: string,
  artifacts: readonly Artifact[],
  isOurs: (content: string) => boolean,
): Promise<readonly string[]> => {
  const paths = new Set(artifacts.map(({ path }) => path))
  const extended = artifacts.filter(({ keeping }) => keeping)
  const folders = [...new Set(extended.map(({ path }) => dirname(path)))]
  const found = await Promise.all(
    folders.map(async (each) =>
      (await readdir(join(folder, each))).map((name) => `${each}/${name}`).toSorted(),
    ),
  )
  const others = found.flat().filter((path) => path.endsWith('.md') && !paths.has(path))
  const ours = await Promise.all(others.map(async (path) => isOurs(await anyTextOf(folder, path))))
  return others.filter((_, index) => ours[index])
}

// Whatever lies there is only looked at.
const anyTextOf = (folder: string, path: string): Promise<string> =>
  readFile(join(folder, path), 'utf8').catch(() => '')
