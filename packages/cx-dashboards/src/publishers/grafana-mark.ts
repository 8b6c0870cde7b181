/** Who generated a dashboard, and in which state it was sent. It stands in Grafana's own history, as the message of a version. */
export interface Mark {
  /** The uid of the folder of its set of dashboards. */
  readonly set: string
  /** The uid of the folder that it was put into. */
  readonly folder: string
  /** A fingerprint of what was sent. */
  readonly state: string
}

export const markText = ({ folder, set, state }: Mark): string =>
  `Published by cx-dashboards: set ${set}, folder ${folder}, state ${state}`

/** Undefined where somebody else wrote it. */
export const readMark = (text: unknown): Mark | undefined => {
  if (typeof text !== 'string') return undefined
  // Version 0.2 wrote no more than the beginning.
  if (text === 'Published by cx-dashboards') return { set: '', folder: '', state: '' }
  const found =
    /^Published by cx-dashboards: set (\S+), folder (\S+), state ([\da-f]+)(?:, generation \d+)?$/.exec(
      text,
    )
  return found ? { set: found[1] ?? '', folder: found[2] ?? '', state: found[3] ?? '' } : undefined
}

/** The mark in an annotation also says which generation of the object it belongs to: a person's save makes another. */
export const annotationText = (mark: Mark, generation: number): string =>
  `${markText(mark)}, generation ${generation}`

export const generationIn = (text: string): number | undefined => {
  const found = /, generation (\d+)$/.exec(text)
  return found ? Number(found[1]) : undefined
}
