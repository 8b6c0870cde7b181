import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui'
import { useCallback, useEffect } from 'react'
import { fetchRunbook } from '../live/preview-api.ts'
import { useFetched } from '../live/use-fetched.ts'
import { PageHeader } from '../toolbar/page-header.tsx'
import { runbookHtml } from './runbook-html.ts'
import { runbookStyles } from './runbook-styles.ts'

const listOfAll = 'README.md'

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
          <div className="markdown-html" dangerouslySetInnerHTML={{ __html: runbookHtml(text) }} />
        )}
        {name !== listOfAll && <a href={listOfAll}>All runbooks</a>}
      </main>
    </>
  )
}

const titleOf = (text: string): string => /^# (.+)$/m.exec(text)?.[1] ?? 'Runbook'
