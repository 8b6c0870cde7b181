export interface PlanOptions {
  /** Also over what a person changed, and what somebody else made under the same name. */
  readonly overwrite?: boolean
  /** Also removes what this set published and no longer has. */
  readonly prune?: boolean
}

/** One thing that publishing would do somewhere, known from reading alone. */
export interface Step {
  /** Where, in words: `Grafana`, `Datadog`, `ruler`, `rules directory`, `Alertmanager`. */
  readonly target: string
  readonly kind:
    | 'folder'
    | 'permission'
    | 'dashboard'
    | 'SLO'
    | 'monitor'
    | 'rule group'
    | 'rule file'
    | 'routes'
  /** Its identity there: a uid, a namespace and group, a path. */
  readonly name: string
  readonly title: string
  /**
   * `conflict`: it is left alone unless told otherwise, such as what a person changed since it was last published; `stale`: it is
   * no longer in the set, and stays as long as nothing is to be removed.
   */
  readonly action: 'create' | 'update' | 'delete' | 'stale' | 'same' | 'conflict'
  /** Of a conflict: why, in a few words, such as `changed in Grafana since it was last published`. */
  readonly reason?: string
  /** What is there now, as it was read; undefined where nothing is. */
  readonly live?: unknown
  /** What would be there; undefined where it would be gone. */
  readonly desired?: unknown
  /** Of a conflict: what was last published there, where that is still known. */
  readonly published?: unknown
  /**
   * Does it, and says what was done. Safe to repeat.
   * @throws Error in one line, with the remedy; nothing is half done then
   */
  readonly apply: () => Promise<string>
}
