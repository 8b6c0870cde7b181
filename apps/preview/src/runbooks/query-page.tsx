import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui'
import { useCallback, useEffect } from 'react'
import { ResultTable } from '../inspector/result-table.tsx'
import { useFetched } from '../live/use-fetched.ts'
import { prometheusQuery } from '../prometheus/prometheus-client.ts'
import { tableFrame } from '../prometheus/table-frame.ts'
import { PageHeader } from '../toolbar/page-header.tsx'
import { runbookStyles } from './runbook-styles.ts'

/** What a query of a runbook answers now. */
export function QueryPage({ query, revision }: { query: string; revision: number }) {
  const styles = useStyles2(runbookStyles)
  const ask = useCallback(
    async () => tableFrame(await prometheusQuery('query', { query }), 'Now', 'Value'),
    [query],
  )
  const { value: frame, error } = useFetched(ask, revision)
  useEffect(() => {
    document.title = 'Query'
  }, [])
  return (
    <>
      <PageHeader title="Query" />
      <main className={styles} data-testid="query">
        <pre>{query}</pre>
        {error && (
          <Alert title="Query error" severity="error">
            {error}
          </Alert>
        )}
        {!frame && !error && <LoadingPlaceholder text="Asking Prometheus…" />}
        {frame && <ResultTable frames={[frame]} />}
      </main>
    </>
  )
}
