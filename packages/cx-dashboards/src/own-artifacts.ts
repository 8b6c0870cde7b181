import type { Artifact } from './artifact.ts'

/**
 * What a set makes beside ours, once it is sure to have a place of its own.
 * @throws Error naming the path that has none
 */
export const ownArtifacts = (
  made: readonly Artifact[],
  ours: readonly Artifact[],
): readonly Artifact[] => {
  const taken = new Set(ours.map(({ path }) => path))
  for (const { path } of made) {
    if (!isInside(path)) throw new Error(refusal(path, 'is no path inside of the output folder'))
    if (taken.has(path)) throw new Error(refusal(path, 'is made twice'))
    taken.add(path)
  }
  return made
}

const isInside = (path: string): boolean =>
  !/[\\\0:]/.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const refusal = (path: string, why: string): string =>
  `artifacts: ${JSON.stringify(path)} ${why}. Give a path such as "mine/feature.json".`
