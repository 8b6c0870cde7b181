import { join } from 'node:path'

export const root = join(import.meta.dirname, '../../..')

/** What the repository fetches or builds for itself; never committed. */
export const cacheFolder = join(root, '.cache')
