import { renderMarkdown } from '@grafana/data'

/** A generated runbook as sanitised HTML; each of its queries is followed by a link to the page that runs it. */
export const runbookHtml = (text: string): string =>
  renderMarkdown(withLinksToRun(withNeighbours(text)))

/** Grafana's sanitizer drops links to a neighbour that do not begin with a dot. */
const withNeighbours = (text: string): string =>
  text.replaceAll(/\]\((<?)(?=[\w-][^<>()\s:/]*\.md>?\))/g, ']($1./')

const withLinksToRun = (text: string): string =>
  text.replaceAll(
    /^( *)(`{3,})promql\n([^]*?)\n\1\2$/gm,
    (block, indent: string, _fence, query: string) =>
      `${block}\n\n${indent}[Run it](</query?expr=${encodeURIComponent(query.trim())}>)`,
  )
