import {
  type MessagePort,
  MessageChannel,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads'
import { buildRunbooks, dashboardBuilder } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { loadConfig } from '../load-config.ts'
import { type PreviewDashboard, previewDashboard } from './preview-dashboard.ts'
import { type PartKey } from './synthetic/part-keys.ts'
import { type SyntheticPart, syntheticParts } from './synthetic/synthetic-parts.ts'

/** What a thread can be asked of the config that it loads with the first question. */
interface Answers {
  dashboards(): readonly PreviewDashboard[]
  /** JSON as text, which goes from thread to thread faster than what it says; undefined where there is none of that uid. */
  dashboard(uid: string): string | undefined
  /** By their paths, such as `runbooks/service-silent.md`. */
  runbooks(): ReadonlyMap<string, string>
  /** What invented data of a part of the catalog would be. */
  synthetic(key: PartKey): SyntheticPart | undefined
}

export interface ConfigThread {
  /** @throws {Error} that says what is wrong with the config */
  ask<Kind extends keyof Answers>(
    kind: Kind,
    ...about: Parameters<Answers[Kind]>
  ): Promise<ReturnType<Answers[Kind]>>
  /** Ends it when all that was asked is answered. */
  release(): Promise<void>
  close(): Promise<void>
}

interface Question {
  readonly kind: keyof Answers
  readonly about: readonly unknown[]
  readonly replyTo: MessagePort
}

type Reply<Answer> = { readonly answer: Answer } | { readonly problem: string }

interface Task {
  readonly cxDashboardsConfig: string
}

/** A thread of its own for a config, since Node keeps a module once it is loaded; this file is that thread's program too. */
export const openConfigThread = (config: string): ConfigThread => {
  const task: Task = { cxDashboardsConfig: config }
  const worker = new Worker(new URL(import.meta.url), { workerData: task })
  const ended = new Promise<never>((_resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error(`${config} ended the process that loaded it.`)))
  })
  // Who asks is told; nobody may be asking.
  ended.catch(() => {})
  const asked = new Set<Promise<unknown>>()
  const close = async () => {
    await worker.terminate()
  }
  return {
    ask: (kind, ...about) => {
      const answer = Promise.race([reply<typeof kind>(worker, kind, about), ended])
      asked.add(answer)
      return answer.finally(() => asked.delete(answer))
    },
    release: async () => {
      await Promise.allSettled(asked)
      await close()
    },
    close,
  }
}

const reply = <Kind extends keyof Answers>(
  worker: Worker,
  kind: Kind,
  about: Parameters<Answers[Kind]>,
): Promise<ReturnType<Answers[Kind]>> => {
  const { port1, port2 } = new MessageChannel()
  const question: Question = { kind, about, replyTo: port2 }
  worker.postMessage(question, [port2])
  return new Promise((resolve, reject) => {
    port1.once('message', (told: Reply<ReturnType<Answers[Kind]>>) => {
      port1.close()
      if ('problem' in told) reject(new Error(told.problem))
      else resolve(told.answer)
    })
  })
}

const answersOf = (set: DashboardSet): Answers => {
  const build = dashboardBuilder(set)
  const byUid = new Map(set.dashboards.map((each) => [each.uid, each]))
  let parts: ReturnType<typeof syntheticParts> | undefined
  return {
    dashboards: () => set.dashboards.map(previewDashboard),
    dashboard: (uid) => {
      const found = byUid.get(uid)
      return found && JSON.stringify(build(found).json)
    },
    runbooks: () => new Map(buildRunbooks(set).map(({ content, path }) => [path, content])),
    synthetic: (key) => (parts ??= syntheticParts(set))(key),
  }
}

const task = workerData as Partial<Task> | null
const config = task?.cxDashboardsConfig
if (config !== undefined) {
  let answers: Promise<ReturnType<typeof answersOf>> | undefined
  parentPort?.on('message', async ({ about, kind, replyTo }: Question) => {
    try {
      answers ??= loadConfig(config).then(answersOf)
      const ours = await answers
      replyTo.postMessage({ answer: Reflect.apply(ours[kind], ours, about) })
    } catch (error) {
      replyTo.postMessage({ problem: error instanceof Error ? error.message : String(error) })
    }
  })
}
