import { once } from 'node:events'
import { dirname, relative, resolve } from 'node:path'
import { watch } from 'chokidar'

const settleMilliseconds = 100

/**
 * Calls back when a source beside a config, or below, was saved. Editors write a file in several steps, so it waits until
 * they are done; and calls take turns.
 * @returns ends it
 */
export const watchSources = async (
  config: string,
  onChange: () => Promise<void>,
): Promise<() => Promise<void>> => {
  let last = Promise.resolve()
  let settling: NodeJS.Timeout | undefined
  const folder = dirname(resolve(config))
  const ignored = (path: string) => isNoSource(relative(folder, path))
  const watcher = watch(folder, { ignored, ignoreInitial: true })
  watcher.on('all', (_event, file) => {
    if (!/\.[cm]?[jt]sx?$|\.json$/.test(file)) return
    clearTimeout(settling)
    settling = setTimeout(() => (last = last.then(onChange)), settleMilliseconds)
  })
  watcher.on('error', (error) => {
    console.error(
      `preview: changes are not seen any more: ${(error as Error).message}. Start it again.`,
    )
  })
  // A change before it is ready would go unseen.
  await once(watcher, 'ready')
  return async () => {
    clearTimeout(settling)
    await watcher.close()
  }
}

const isNoSource = (path: string): boolean =>
  /(^|[\\/])(node_modules|dist|\.[^\\/]+)([\\/]|$)/.test(path)
