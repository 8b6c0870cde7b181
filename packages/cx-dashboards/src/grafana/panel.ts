import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import type { Instrument, Problem } from 'cx-definition'
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
  build(context: PanelContext): Builder<dashboard.Panel>
}

/** A panel that can be given another size. */
export type SizedPanel = (size?: Partial<PanelSize>) => Panel

export const sizedPanel =
  (
    build: Panel['build'],
    { height, width }: PanelSize,
    problems: readonly Problem[] = [],
  ): SizedPanel =>
  (size = {}) => ({
    width,
    height,
    ...size,
    problems,
    linksTo: [],
    reads: [],
    asksFor: [],
    build,
  })
