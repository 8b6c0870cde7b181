import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** What the repository fetches or builds for itself; never committed. */
export const cacheFolder = join(root, '.cache')
