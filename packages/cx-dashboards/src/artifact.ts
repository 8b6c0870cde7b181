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

/** One whose content is made when somebody looks at it, each time: a diff of rules needs no tests of them, and thousands fill the memory. */
export const lazyArtifact = (
  path: string,
  make: () => string,
  keeping?: Artifact['keeping'],
): Artifact => ({
  path,
  get content() {
    return make()
  },
  ...(keeping && { keeping }),
})
