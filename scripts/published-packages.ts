import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'
import { run } from './run.ts'

interface Manifest {
  readonly name: string
  readonly private?: boolean
}

/** The names of the packages that the registry gets; each lies in the folder of its name. */
export const publishedPackages: readonly string[] = globSync('packages/*/package.json', {
  cwd: root,
})
  .map((manifest) => JSON.parse(readFileSync(join(root, manifest), 'utf8')) as Manifest)
  .filter((manifest) => !manifest.private)
  .map(({ name }) => name)
  .sort()

/** Builds them from nothing: what a source that is gone once became lies in `dist` still, and npm would pack it. */
export const buildPackages = (): boolean => {
  for (const name of publishedPackages)
    rmSync(join(root, 'packages', name, 'dist'), { recursive: true, force: true })
  const targets = ['run-many', '-t', 'build', '-p', ...publishedPackages]
  // The preview's app would hold React's development build where someone's shell asks for that.
  return run('nx', [...targets, '--skip-nx-cache', '--output-style=static'], {
    NODE_ENV: 'production',
  })
}

/** Tarballs as the registry would get them. */
export const packInto = (folder: string): boolean =>
  run('npm', [
    'pack',
    '--loglevel=error',
    '--pack-destination',
    folder,
    ...publishedPackages.flatMap((name) => ['--workspace', name]),
  ])
