import { createHash } from 'node:crypto'
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'

/** What is built, fetched or installed, and git's own. */
const leftOut = new Set(['node_modules', 'dist', '.git', '.nx', '.cache', '.test-results'])

// Folders that tests make for themselves may be gone the next moment.
const isKept = (name: string): boolean => !leftOut.has(name) && !/^\.(preview|.*-test)-/.test(name)

/**
 * Copies the repository, with the packages that are installed but without what is built. The installed ones are linked;
 * the repository's own lead into the copy, so that it is the copy that is built, checked and published.
 */
export const copyTree = (from: string, to: string): void => {
  cpSync(from, to, { recursive: true, filter: (path) => isKept(basename(path)) })
  linkInstalled(from, to)
  for (const group of ['packages', 'apps'])
    for (const name of readdirSync(join(to, group)))
      linkInstalled(join(from, group, name), join(to, group, name))
  // What says that the lockfile's packages are installed: see scripts/bootstrap.mjs.
  const lock = createHash('sha256').update(readFileSync(join(to, 'package-lock.json')))
  writeFileSync(join(to, 'node_modules/.cx-installed'), lock.digest('hex'))
}

const linkInstalled = (from: string, to: string): void => {
  const installed = join(from, 'node_modules')
  if (!lstatSync(installed, { throwIfNoEntry: false })) return
  mkdirSync(join(to, 'node_modules'))
  for (const name of readdirSync(installed)) {
    // Made by tools for themselves; the copy has its own.
    if (name === '.cx-installed' || name.startsWith('.vite')) continue
    const path = join(installed, name)
    const isOurs = lstatSync(path).isSymbolicLink()
    symlinkSync(isOurs ? readlinkSync(path) : path, join(to, 'node_modules', name))
  }
}
