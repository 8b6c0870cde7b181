/** What `cx-dashboards backtest --out` writes, as far as it is drawn. Times in seconds since 1970, spans in seconds. */
export interface Backtest {
  readonly start: number
  readonly end: number
  /** The last moment that is known. */
  readonly until: number
  readonly step: number
  readonly prometheus: string
  /** Config files. */
  readonly today: string
  readonly changed?: string
  readonly problems: readonly string[]
  readonly alerts: readonly BacktestedAlert[]
  readonly errorRatios: readonly ErrorRatios[]
}

export interface BacktestedAlert {
  readonly today?: AlertIdentity
  readonly changed?: AlertIdentity
  readonly series: readonly LabelledFirings[]
  readonly unrecorded?: boolean
}

export interface AlertIdentity {
  readonly name: string
  readonly severity: string
  readonly owner: string
  readonly title: string
  readonly objective?: string
  readonly labels: Readonly<Record<string, string>>
}

export interface LabelledFirings {
  readonly labels: Readonly<Record<string, string>>
  readonly firings: readonly FiringPair[]
}

export interface FiringPair {
  readonly today?: Firing
  readonly changed?: Firing
}

export interface Firing {
  readonly from: number
  readonly to?: number
  readonly budget?: { readonly ratio: number }
}

export interface ErrorRatios {
  readonly objective: string
  readonly environment: string
  readonly span: number
  readonly points: readonly (readonly [number, number])[]
}
