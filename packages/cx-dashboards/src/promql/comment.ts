/**
 * An expression's text with a line below it that no evaluation reads.
 * https://prometheus.io/docs/prometheus/latest/querying/basics/#comments
 */
export const withComment = (text: string, comment: string): string => `${text}\n# ${comment}`

/** Takes apart what {@link withComment} put together. @param comment a pattern of the whole comment */
export const splitComment = (
  text: string,
  comment: RegExp,
): { readonly text: string; readonly comment?: string } => {
  const lines = text.trimEnd().split('\n')
  const last = lines.at(-1)
  if (lines.length < 2 || !last?.startsWith('# ') || !comment.test(last.slice(2))) return { text }
  return { text: lines.slice(0, -1).join('\n'), comment: last.slice(2) }
}
