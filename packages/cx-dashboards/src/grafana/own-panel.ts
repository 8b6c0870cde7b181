import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import type { Panel, PanelSize } from './panel.ts'
import { refId } from './query-target.ts'

/** A panel's builder of any version of @grafana/grafana-foundation-sdk, or whatever else makes a panel of Grafana's. */
export interface PanelBuilder {
  build(): { readonly type: string }
}

export interface OwnPanelOptions extends PanelSize {
  /** Names of the dashboard's variables that it reads, beside `datasource` and `environment`. */
  readonly reads?: readonly string[]
  /** Uids of the dashboards it links to. */
  readonly linksTo?: readonly string[]
}

/**
 * Any panel beside ours: its id, its place, and the names of queries that have none come from the dashboard it stands on.
 * @throws Error at the line that calls it, where the builder cannot build
 */
export const panel = (
  builder: PanelBuilder,
  { height, linksTo = [], reads = [], width }: OwnPanelOptions,
): Panel => {
  const built = builtNow(builder)
  return {
    width,
    height,
    reads,
    linksTo,
    problems: [],
    asksFor: [],
    build: () => ({ build: () => built }),
  }
}

/** At once: who wrote the builder is then named by the stack, and a builder changed later changes nothing. */
const builtNow = (builder: PanelBuilder): dashboard.Panel => {
  try {
    const built: unknown = JSON.parse(JSON.stringify(builder.build()))
    if (!isPanel(built)) throw new Error('it has no type')
    return { ...built, ...(built.targets ? { targets: named(built.targets) } : {}) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const told = new Error(`panel(): the builder makes no panel: ${reason}`, { cause: error })
    Error.captureStackTrace(told, panel)
    throw told
  }
}

const isPanel = (built: unknown): built is dashboard.Panel =>
  typeof built === 'object' && built !== null && 'type' in built && typeof built.type === 'string'

type Target = NonNullable<dashboard.Panel['targets']>[number] & { readonly refId?: string }

/** A name that was given stays, since an expression or a transformation may use it. */
const named = (targets: readonly Target[]): Target[] => {
  const given = targets.flatMap((target) => (target.refId ? [target.refId] : []))
  const twice = given.find((name, index) => given.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`two queries are called ${twice}`)
  const free = targets.map((_, index) => refId(index)).filter((name) => !given.includes(name))
  return targets.map((target) => ({ ...target, refId: target.refId || (free.shift() ?? '') }))
}
