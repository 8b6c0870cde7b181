import { parentPort, Worker, workerData } from 'node:worker_threads'
import { type BuiltDashboard, buildDashboards, buildRunbooks } from '../build.ts'
import { loadConfig } from '../load-config.ts'

export interface Preview {
  readonly dashboards: readonly BuiltDashboard[]
  /** By their paths, such as `runbooks/service-silent.md`. */
  readonly runbooks: ReadonlyMap<string, string>
}

type Outcome = Preview | { readonly problem: string }

interface Task {
  readonly cxDashboardsConfig: string
}

/**
 * Loads a config file and everything it imports anew. A thread of its own each time, since Node keeps
 * a module once it is loaded; this file is that thread's program too.
 */
export const freshDashboards = async (config: string): Promise<Outcome> => {
  const task: Task = { cxDashboardsConfig: config }
  const worker = new Worker(new URL(import.meta.url), { workerData: task })
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  worker.once('message', resolve)
  worker.once('error', (error) => resolve({ problem: error.message }))
  worker.once('exit', () => resolve({ problem: `${config} ended the process that loaded it.` }))
  try {
    return await promise
  } finally {
    await worker.terminate()
  }
}

const answer = async (config: string): Promise<Outcome> => {
  try {
    const set = await loadConfig(config)
    const runbooks = buildRunbooks(set).map(({ content, path }) => [path, content] as const)
    return { dashboards: buildDashboards(set), runbooks: new Map(runbooks) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

const task = workerData as Partial<Task> | null
if (task?.cxDashboardsConfig !== undefined) {
  parentPort?.postMessage(await answer(task.cxDashboardsConfig))
}
