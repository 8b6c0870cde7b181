import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import type { Instrument, Objective, Operation, Owner, Problem } from 'cx-definition'
import type { DashboardKind } from './dashboard-kind.ts'
import type { AskedFor } from './known-operations.ts'

/** What a panel can know only once the whole set of dashboards is known. */
export interface PanelContext {
  /** The label of the catalog's dimension. */
  readonly dimension: string
  /** Metrics that are not of the contract, and that objectives are measured by. */
  readonly externalInstruments: readonly Instrument[]
  /** Names that the label `owner` of errors can have. */
  readonly owners: readonly string[]
  /** Where Datadog's pages are, such as `https://app.datadoghq.eu`; without it nothing links there. */
  readonly datadogUrl?: string | undefined
  /** Whether recording rules keep what objectives stand at. */
  readonly recorded: boolean
  /** Whether Prometheus knows which of our alerts fire: those that Grafana evaluates only Grafana knows. */
  readonly alertsInPrometheus: boolean
  /** Kinds of dashboards in the set that there may be several of. */
  readonly kinds: ReadonlySet<DashboardKind>
  /** Those of them that a name alone leads to. */
  readonly linkable: ReadonlySet<DashboardKind>
  /** The catalog's. */
  readonly objectives: readonly Objective[]
  /** Of the catalog's features, those of one service or all. */
  operationsOf(service: string | undefined): readonly Operation[]
  /** Where it is written what to do, and who is on call, if anybody said. */
  runbookOf(objective: Objective): string | undefined
  onCallOf(owner: Owner): string | undefined
  /** A dashboard's title by its uid. */
  titleOf(uid: string): string
}

/** On Grafana's grid. */
export interface PanelSize {
  /** Of the grid's 24 columns. */
  readonly width: number
  /** In grid rows of 30 pixels. */
  readonly height: number
}

/** A panel before it has a place: where it stands, and its ids, come from the dashboard's layout. */
export interface Panel extends PanelSize {
  readonly problems: readonly Problem[]
  /** Uids of the dashboards it links to. */
  readonly linksTo: readonly string[]
  /** Names of the dashboard's variables that it reads, beside the environment. */
  readonly reads: readonly string[]
  /** The requests that it is about. */
  readonly asksFor: readonly AskedFor[]
  /** Whether it reads what recording rules keep, which `alerting` makes. */
  readonly fromRules?: boolean
  build(context: PanelContext): Builder<dashboard.Panel>
}

/** A panel that can be given another size. */
export type SizedPanel = (size?: Partial<PanelSize>) => Panel

export const sizedPanel =
  (
    build: Panel['build'],
    { height, width }: PanelSize,
    about: Partial<Omit<Panel, 'build' | 'height' | 'width'>> = {},
  ): SizedPanel =>
  (size = {}) => ({
    width,
    height,
    problems: [],
    linksTo: [],
    reads: [],
    asksFor: [],
    ...about,
    ...size,
    build,
  })
