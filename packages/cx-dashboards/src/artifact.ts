/** Something generated: what it is called, where it goes, and its content. */
export interface Artifact {
  /** Relative to the output folder, with `/` between its parts. */
  readonly path: string
  readonly content: string
}
