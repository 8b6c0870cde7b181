import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import type { Problem } from 'cx-definition'

/** What a panel can know only once the whole set of dashboards is known. */
export interface PanelContext {
  /** The label of the catalog's dimension. */
  readonly dimension: string
}

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
  build(context: PanelContext): Builder<dashboard.Panel>
}
