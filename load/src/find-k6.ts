import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const repositoryRoot = join(import.meta.dirname, '../..')

const fileName = process.platform === 'win32' ? 'k6.exe' : 'k6'

/** Where a k6 that we built is kept; not under version control. */
export const builtK6 = join(repositoryRoot, '.cache/bin', fileName)

/** From version 1 on k6 runs TypeScript without a flag. */
const oldestMajor = 1

export interface FoundK6 {
  readonly path: string
  /** As it says itself, such as `k6 v2.2.0 (go1.26.8, linux/amd64)`. */
  readonly version: string
}

/** The k6 on PATH, else the one built before; nothing where neither is new enough. */
export const findK6 = (): FoundK6 | undefined =>
  [fileName, builtK6].map(usableK6).find((found) => found !== undefined)

const usableK6 = (path: string): FoundK6 | undefined => {
  // An npm package named k6 is a dummy, so what a program says counts, not what it is called.
  const { status, stdout } = spawnSync(path, ['version'], { encoding: 'utf8', timeout: 10_000 })
  const major = /^k6(?:\.exe)? v(\d+)\./.exec(stdout ?? '')?.[1]
  if (status !== 0 || Number(major ?? 0) < oldestMajor) return undefined
  return { path, version: stdout.trim() }
}
