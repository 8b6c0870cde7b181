/** One thing that publishing would do somewhere, known from reading alone. */
export interface Step {
  /** Where, in words: `Grafana`, `ruler`, `rules directory`, `Alertmanager`. */
  readonly target: string
  readonly kind: 'folder' | 'dashboard' | 'rule group' | 'rule file' | 'routes'
  /** Its identity there: a uid, a namespace and group, a path. */
  readonly name: string
  readonly title: string
  /** `conflict`: a person changed it since it was last published, and it is left alone unless told otherwise. */
  readonly action: 'create' | 'update' | 'delete' | 'same' | 'conflict'
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
