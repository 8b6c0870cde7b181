import { parentPort, Worker, workerData } from 'node:worker_threads'
import { buildDashboards, buildRunbooks, type DashboardSet } from '../build.ts'
import { loadConfig } from '../load-config.ts'
import { type PreviewDashboard, previewDashboard } from './preview-dashboard.ts'
import { type SyntheticPlan, syntheticPlan } from './synthetic/synthetic-plan.ts'

export interface Preview {
  readonly dashboards: readonly PreviewDashboard[]
  /** By their paths, such as `runbooks/service-silent.md`; they come a moment after the dashboards. */
  readonly runbooks: Promise<ReadonlyMap<string, string>>
  /** What invented data of the catalog would be, where it was asked for. */
  readonly synthetic?: SyntheticPlan
}

type Outcome = Preview | { readonly problem: string }

export interface Builder {
  /** Loads the config file and everything it imports anew. */
  build(options?: BuildOptions): Promise<Outcome>
  close(): Promise<void>
}

interface BuildOptions {
  /** What invented data would be is worked out too. */
  readonly withSynthetic?: boolean
}

interface Task {
  readonly cxDashboardsConfig: string
}

type Message =
  | (Omit<Preview, 'runbooks'> & { readonly kind: 'dashboards' })
  | { readonly kind: 'runbooks'; readonly runbooks: ReadonlyMap<string, string> }
  | { readonly kind: 'problem'; readonly problem: string }

/**
 * A thread of its own for each build, since Node keeps a module once it is loaded; this file is that thread's program too. One
 * waits ready, with all that is ours loaded, so that a save does not wait for it.
 */
export const openBuilder = (config: string): Builder => {
  const task: Task = { cxDashboardsConfig: config }
  const all = new Set<Worker>()
  let isClosed = false
  const ready = (): Worker => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task })
    all.add(worker)
    worker.once('exit', () => all.delete(worker))
    return worker
  }
  let spare: Worker | undefined = ready()
  return {
    build: async (options = {}) => {
      const worker = spare ?? ready()
      spare = undefined
      const outcome = outcomeOf(worker, config)
      worker.postMessage(options)
      // Only now, since it would take the time of the one that builds.
      return outcome.finally(() => {
        if (!isClosed) spare ??= ready()
      })
    },
    close: async () => {
      isClosed = true
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

const outcomeOf = (worker: Worker, config: string): Promise<Outcome> => {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const runbooks = Promise.withResolvers<ReadonlyMap<string, string>>()
  // Who never asks for a runbook need not know.
  runbooks.promise.catch(() => {})
  const fail = (problem: string) => {
    resolve({ problem })
    runbooks.reject(new Error(problem))
    void worker.terminate()
  }
  worker.on('message', (message: Message) => {
    if (message.kind === 'problem') fail(message.problem)
    else if (message.kind === 'dashboards') resolve({ ...message, runbooks: runbooks.promise })
    else {
      runbooks.resolve(message.runbooks)
      void worker.terminate()
    }
  })
  worker.once('error', ({ message }) => fail(message))
  worker.once('exit', () => fail(`${config} ended the process that loaded it.`))
  return promise
}

const answer = async (config: string, { withSynthetic }: BuildOptions): Promise<void> => {
  const send = (message: Message) => parentPort?.postMessage(message)
  try {
    const set = await loadConfig(config)
    send({
      kind: 'dashboards',
      dashboards: buildDashboards(set).map(({ json, uid }) => previewDashboard(uid, json)),
      ...(withSynthetic && { synthetic: syntheticPlan(set) }),
    })
    send({ kind: 'runbooks', runbooks: runbooksOf(set) })
  } catch (error) {
    send({ kind: 'problem', problem: error instanceof Error ? error.message : String(error) })
  }
}

const runbooksOf = (set: DashboardSet): ReadonlyMap<string, string> =>
  new Map(buildRunbooks(set).map(({ content, path }) => [path, content]))

const task = workerData as Partial<Task> | null
const config = task?.cxDashboardsConfig
if (config !== undefined) {
  parentPort?.once('message', (options: BuildOptions) => void answer(config, options))
}
