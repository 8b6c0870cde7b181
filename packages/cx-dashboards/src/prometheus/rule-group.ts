/** Kept by Prometheus as a series of its own. */
export interface RecordingRule {
  readonly record: string
  readonly expr: string
  readonly labels: Readonly<Record<string, string>>
}

export interface AlertingRule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly keep_firing_for?: string
  readonly labels: Readonly<Record<string, string>>
  /** Go templates: what is put in is escaped already. */
  readonly annotations: Readonly<Record<string, string>>
}

export type Rule = RecordingRule | AlertingRule

/** Evaluated one after the other, so that a rule sees what the rules before it recorded at the same moment. */
export interface RuleGroup {
  readonly name: string
  readonly interval: string
  readonly rules: readonly Rule[]
}
