import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheFolder } from '../root.ts'

/** Programs that Debian has in one package. */
export interface Wanted<Tool extends string> {
  /** In words, such as `Prometheus`. */
  readonly title: string
  readonly debianPackage: string
  /** The command that installs it there. */
  readonly onMacOs: string
  /** Below `.cache`. */
  readonly folder: string
  /** Every name that each may have, since Debian renames some. */
  readonly programs: Readonly<Record<Tool, readonly string[]>>
}

/**
 * The programs on PATH, or those of Debian's package unpacked into the repository's cache.
 * Installing the package would start a daemon on someone's machine, so it is not installed.
 * @throws Error that says how else to get them
 */
export const findDebianTools = <Tool extends string>(
  wanted: Wanted<Tool>,
  log: (line: string) => void,
): Record<Tool, string> => {
  const { folder, onMacOs, title } = wanted
  const unpacked = () => toolsIn(join(cacheFolder, folder, 'usr', 'bin'), wanted)
  const found = onPath(wanted) ?? unpacked()
  if (found) return found
  log(`No ${title} on PATH; unpacking the distribution’s package into .cache/${folder} …`)
  const problem = unpackDebianPackage(wanted)
  const fresh = unpacked()
  if (fresh) return fresh
  throw new Error(
    [
      `There is no ${title}, and it could not be fetched: ${problem}.`,
      'Any of these brings it:',
      '  Debian, Ubuntu   sudo apt-get update, then this command again',
      `  macOS            ${onMacOs}`,
      '  elsewhere        unpack a release from https://prometheus.io/download and put it on PATH',
    ].join('\n'),
  )
}

const onPath = <Tool extends string>(wanted: Wanted<Tool>): Record<Tool, string> | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => toolsIn(folder, wanted))
    .find(Boolean)

/** All of them or nothing: two releases side by side would not fit together. */
const toolsIn = <Tool extends string>(
  folder: string,
  { programs }: Wanted<Tool>,
): Record<Tool, string> | undefined => {
  const found: Partial<Record<Tool, string>> = {}
  for (const tool in programs) {
    const path = programs[tool].map((name) => join(folder, name)).find((file) => existsSync(file))
    if (path === undefined) return undefined
    found[tool] = path
  }
  return found as Record<Tool, string>
}

const unpackDebianPackage = <Tool extends string>({
  debianPackage,
  folder,
}: Wanted<Tool>): string | undefined => {
  const unpackedFolder = join(cacheFolder, folder)
  rmSync(unpackedFolder, { recursive: true, force: true })
  mkdirSync(unpackedFolder, { recursive: true })
  const run = (command: string, ...args: readonly string[]) =>
    problemOf(unpackedFolder, command, args)
  const download = () => run('apt-get', 'download', '-q', debianPackage)
  let problem = download()
  // A machine image often has no package lists; only root may fetch them.
  if (problem && process.getuid?.() === 0) problem = run('apt-get', 'update', '-q') ?? download()
  if (problem) return problem
  const file = readdirSync(unpackedFolder).find((name) => name.endsWith('.deb'))
  return file === undefined ? 'no package arrived' : run('dpkg', '-x', file, '.')
}

const problemOf = (cwd: string, command: string, args: readonly string[]): string | undefined => {
  const { error, status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error) return `${command} is not there`
  return status === 0 ? undefined : `${command} ${args[0]}: ${stderr.trim().split('\n').at(-1)}`
}
