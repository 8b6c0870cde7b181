// Tarballs of the packages, as they would be published, for who wants to try them from elsewhere.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './root.ts'
import { run } from './run.ts'

const packages = ['cx-definition', 'cx-metrics', 'cx-dashboards']
const folder = join(cacheFolder, 'pack')

mkdirSync(folder, { recursive: true })
const ok =
  run('nx', ['run-many', '-t', 'build', '-p', ...packages, '--output-style=static']) &&
  run('npm', [
    'pack',
    '--pack-destination',
    folder,
    ...packages.flatMap((name) => ['--workspace', name]),
  ])
process.exitCode = ok ? 0 : 1
