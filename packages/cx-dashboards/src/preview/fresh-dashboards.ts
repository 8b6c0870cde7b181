import { type ConfigThread, openConfigThread } from './config-thread.ts'
import type { PreviewDashboard } from './preview-dashboard.ts'

/** A config as it is now; what nobody looks at is not built. */
export interface Preview extends Pick<ConfigThread, 'ask' | 'release'> {
  readonly dashboards: readonly PreviewDashboard[]
}

type Outcome = Preview | { readonly problem: string }

export interface Builder {
  /** Loads the config file and everything it imports anew. */
  build(): Promise<Outcome>
  close(): Promise<void>
}

/** One thread waits ready, with all that is ours loaded, so that a save does not wait for it. */
export const openBuilder = (config: string): Builder => {
  const all = new Set<ConfigThread>()
  let isClosed = false
  const ready = (): ConfigThread => {
    const thread = openConfigThread(config)
    all.add(thread)
    const release = () => thread.release().finally(() => all.delete(thread))
    return { ...thread, release }
  }
  let spare: ConfigThread | undefined = ready()
  return {
    build: async () => {
      const thread = spare ?? ready()
      spare = undefined
      try {
        return { ...thread, dashboards: await thread.ask('dashboards') }
      } catch (error) {
        void thread.release()
        return { problem: error instanceof Error ? error.message : String(error) }
      } finally {
        // Only now, since it would take the time of the one that builds.
        if (!isClosed) spare ??= ready()
      }
    },
    close: async () => {
      isClosed = true
      await Promise.all([...all].map((thread) => thread.close()))
    },
  }
}
