/** Something generated: what it is called, where it goes, and its content. */
export interface Artifact {
  /** Relative to the output folder, with `/` between its parts. */
  readonly path: string
  readonly content: string
  /**
   * Of a file that people write into as well: what is there, with the generated part made anew, and nothing where it has no such
   * part, so that it stays as it is. Without this, the content replaces what was there.
   * @throws Error where the two cannot be told apart
   */
  readonly keeping?: (existing: string) => string | undefined
}

/** One whose content is made when somebody first looks at it: a diff of rules needs no tests of them. */
export const lazyArtifact = (path: string, make: () => string): Artifact => {
  let made: string | undefined
  return {
    path,
    get content() {
      made ??= make()
      return made
    },
  }
}
