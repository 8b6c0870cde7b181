// Invisible where Markdown is shown. Later versions may say more after these words, so only they are looked for.
const begin = '<!-- cx-dashboards: generated'
const end = '<!-- cx-dashboards: end'

const beginLine = `${begin} from the catalog. A build replaces all down to the end mark; what stands before and after is yours. -->`
const endLine = `${end} of what is generated -->`

/** Between two marks, so that a later build finds it among what people wrote. */
export const generatedPart = (text: string): string => `${beginLine}\n${text.trim()}\n${endLine}`

/** A file as it begins, with a place for people to write. */
export const newPage = (text: string): string =>
  `${generatedPart(text)}\n\n## Notes of the team\n\nWrite here what helped the last time. Builds keep it.\n`

export const hasGeneratedPart = (page: string): boolean => marksIn(page, begin).length > 0

/**
 * A page with its generated part made anew, in the line ends that it has, and every other character as it was; nothing where
 * somebody wrote all of it.
 * @throws Error where a mark is missing, doubled or in the wrong place
 */
export const withGeneratedPart = (page: string, text: string): string | undefined => {
  const [begins, ends] = [marksIn(page, begin), marksIn(page, end)]
  const [first] = begins
  const [last] = ends
  if (!first && !last) return undefined
  if (!first || !last || begins.length + ends.length > 2 || last.at < first.at) {
    throw new Error(damage(begins, ends))
  }
  const part = generatedPart(text)
  const usesCrlf = page.startsWith('\r\n', first.at + first.line.length)
  return (
    page.slice(0, first.at) +
    (usesCrlf ? part.replaceAll('\n', '\r\n') : part) +
    page.slice(last.at + last.line.length)
  )
}

interface Mark {
  readonly line: string
  /** Characters before it. */
  readonly at: number
  /** Counted from 1. */
  readonly lineNumber: number
}

const marksIn = (page: string, words: string): Mark[] => {
  const marks: Mark[] = []
  let at = 0
  for (const [index, whole] of page.split('\n').entries()) {
    const line = whole.replace(/\r$/, '')
    const isMark = line.replace('\uFEFF', '').startsWith(words)
    const skipped = line.startsWith('\uFEFF') ? 1 : 0
    if (isMark) marks.push({ line: line.slice(skipped), at: at + skipped, lineNumber: index + 1 })
    at += whole.length + 1
  }
  return marks
}

const damage = (begins: readonly Mark[], ends: readonly Mark[]): string => {
  const lines = (marks: readonly Mark[]) =>
    marks.map(({ lineNumber }) => lineNumber).join(' and ') || 'nowhere'
  return (
    `its generated part begins at line ${lines(begins)} and ends at line ${lines(ends)}, so that nobody can tell what was written by hand. ` +
    `Leave one line "${begin} …" and, below it, one line "${end} …"; or remove both, and the file is never touched`
  )
}
