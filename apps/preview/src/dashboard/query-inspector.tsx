import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Alert, ClipboardButton, Drawer, useStyles2 } from '@grafana/ui'
import type { PreparedQuery } from '../prometheus/run-queries.ts'
import type { PanelResults } from './use-panel-data.ts'

interface QueryInspectorProps {
  readonly title: string
  readonly results: PanelResults
  readonly onClose: () => void
}

/** What Prometheus was asked, with every variable filled in. */
export function QueryInspector({
  title,
  results: { queries, errors },
  onClose,
}: QueryInspectorProps) {
  const styles = useStyles2(inspectorStyles)
  return (
    <Drawer
      title={`Inspect: ${title}`}
      subtitle={`${queries.length} ${queries.length === 1 ? 'query' : 'queries'}`}
      onClose={onClose}
      size="md"
    >
      <div data-testid="query-inspector">
        {errors.map((error) => (
          <Alert key={error} title="Query error" severity="error">
            {error}
          </Alert>
        ))}
        {queries.map((query) => (
          <section key={query.refId} className={styles.query}>
            <header className={styles.header}>
              <strong>{query.refId}</strong>
              <span className={styles.kind}>{describe(query)}</span>
              <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => query.expr}>
                Copy
              </ClipboardButton>
            </header>
            <pre className={styles.code}>{query.expr}</pre>
          </section>
        ))}
        {queries.length === 0 && <p>This panel has no queries.</p>}
      </div>
    </Drawer>
  )
}

function describe({ isInstant, isRange, isTable, stepMs }: PreparedQuery): string {
  const kinds = [
    isRange && `range, step ${stepMs / 1000} s`,
    isInstant && 'instant',
    isTable && 'as a table',
  ]
  return kinds.filter(Boolean).join(', ')
}

const inspectorStyles = (theme: GrafanaTheme2) => ({
  query: css({ marginBottom: theme.spacing(2) }),
  header: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(0.5),
  }),
  kind: css({
    flexGrow: 1,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.sm,
  }),
  code: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }),
})
