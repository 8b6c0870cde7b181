import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheFolder } from '../root.ts'

export interface PrometheusTools {
  readonly prometheus: string
  readonly promtool: string
}

const unpackedFolder = join(cacheFolder, 'prometheus')

/**
 * Prometheus on PATH, or Debian's package unpacked into the repository's cache.
 * Installing the package would start a daemon on someone's machine, so it is not installed.
 */
export const findPrometheus = (log: (line: string) => void): PrometheusTools => {
  const found = onPath() ?? unpacked()
  if (found) return found
  log('No Prometheus on PATH; unpacking the distribution’s package into .cache/prometheus …')
  const problem = unpackDebianPackage()
  const fresh = unpacked()
  if (fresh) return fresh
  throw new Error(
    [
      `There is no Prometheus, and it could not be fetched: ${problem}.`,
      'Any of these brings it:',
      '  Debian, Ubuntu   sudo apt-get update, then this command again',
      '  macOS            brew install prometheus',
      '  elsewhere        unpack a release from https://prometheus.io/download and put it on PATH',
    ].join('\n'),
  )
}

const toolsIn = (folder: string): PrometheusTools | undefined => {
  const [prometheus, promtool] = [join(folder, 'prometheus'), join(folder, 'promtool')]
  return existsSync(prometheus) && existsSync(promtool) ? { prometheus, promtool } : undefined
}

const onPath = (): PrometheusTools | undefined =>
  (process.env.PATH ?? '').split(delimiter).map(toolsIn).find(Boolean)

const unpacked = () => toolsIn(join(unpackedFolder, 'usr', 'bin'))

const run = (command: string, args: readonly string[]): string | undefined => {
  const { error, status, stderr } = spawnSync(command, args, {
    cwd: unpackedFolder,
    encoding: 'utf8',
  })
  if (error) return `${command} is not there`
  return status === 0 ? undefined : `${command} ${args[0]}: ${stderr.trim().split('\n').at(-1)}`
}

const unpackDebianPackage = (): string | undefined => {
  rmSync(unpackedFolder, { recursive: true, force: true })
  mkdirSync(unpackedFolder, { recursive: true })
  const download = () => run('apt-get', ['download', '-q', 'prometheus'])
  let problem = download()
  // A machine image often has no package lists; only root may fetch them.
  if (problem && process.getuid?.() === 0) problem = run('apt-get', ['update', '-q']) ?? download()
  if (problem) return problem
  const file = readdirSync(unpackedFolder).find((name) => name.endsWith('.deb'))
  return file === undefined ? 'no package arrived' : run('dpkg', ['-x', file, '.'])
}
