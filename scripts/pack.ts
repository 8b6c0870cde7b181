// Tarballs of the packages, as they would be published, for who wants to try them from elsewhere.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackages, packInto } from './published-packages.ts'
import { cacheFolder } from './root.ts'

const folder = join(cacheFolder, 'pack')

mkdirSync(folder, { recursive: true })
process.exitCode = buildPackages() && packInto(folder) ? 0 : 1
