import { css } from '@emotion/css'
import { renderMarkdown, type GrafanaTheme2 } from '@grafana/data'
import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui'
import { useCallback, useEffect } from 'react'
import { fetchRunbook } from '../live/preview-api.ts'
import { useFetched } from '../live/use-fetched.ts'
import { PageHeader } from '../toolbar/page-header.tsx'

/** A generated runbook as a page. @param name such as `documents-availability-burn.md` */
export function RunbookPage({ name, revision }: { name: string; revision: number }) {
  const styles = useStyles2(runbookStyles)
  const fetchIt = useCallback(() => fetchRunbook(name), [name])
  const { value: text, error } = useFetched(fetchIt, revision)
  useEffect(() => {
    document.title = text === undefined ? 'Runbook' : titleOf(text)
  }, [text])
  return (
    <>
      <PageHeader title="Runbook" />
      <main className={styles} data-testid="runbook">
        {error && (
          <Alert title="The runbook cannot be shown" severity="error">
            {error}
          </Alert>
        )}
        {text === undefined && !error && <LoadingPlaceholder text="Loading the runbook…" />}
        {text !== undefined && (
          <div
            className="markdown-html"
            dangerouslySetInnerHTML={{ __html: renderMarkdown(asPage(text)) }}
          />
        )}
      </main>
    </>
  )
}

const titleOf = (text: string): string => /^# (.+)$/m.exec(text)?.[1] ?? 'Runbook'

const asPage = (text: string): string =>
  text
    // For builds alone: where their part of the file begins and ends.
    .replaceAll(/^<!-- .* -->$\n?/gm, '')
    // Grafana's sanitizer drops links to a neighbour that do not begin with a dot.
    .replaceAll(/\]\(<(?=[^<>:/]+\.md>)/g, '](<./')

const runbookStyles = (theme: GrafanaTheme2) =>
  css({
    maxWidth: 960,
    margin: '0 auto',
    padding: theme.spacing(3, 2),
    overflowWrap: 'anywhere',
    '& h1, & h2': { marginTop: theme.spacing(3) },
    // The stand-in font has no medium weight that could be told from the regular one.
    '& strong': { fontWeight: 700 },
    '& li': { marginBottom: theme.spacing(0.5) },
    '& pre': { whiteSpace: 'pre-wrap' },
    '& a': { color: theme.colors.text.link },
  })
