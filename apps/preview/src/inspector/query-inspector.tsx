import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Alert, ClipboardButton, Drawer, useStyles2 } from '@grafana/ui'
import type { PanelResults } from '../dashboard/use-panel-data.ts'
import { costText } from '../prometheus/query-cost.ts'
import type { PreparedQuery } from '../prometheus/run-queries.ts'
import { ResultTable } from './result-table.tsx'

interface QueryInspectorProps {
  readonly title: string
  readonly results: PanelResults
  readonly onClose: () => void
}

/** What Prometheus was asked, with every variable filled in, what that cost, and what came of it. */
export function QueryInspector({ title, results, onClose }: QueryInspectorProps) {
  const { queries, errors, data, told } = results
  const warnings = queries.flatMap(({ refId }) => told.get(refId)?.warnings ?? [])
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
        {[...new Set(warnings)].map((warning) => (
          <Alert key={warning} title="Prometheus warns" severity="warning">
            {warning}
          </Alert>
        ))}
        {queries.map((query) => (
          <Query key={query.refId} query={query} results={results} />
        ))}
        {queries.length === 0 && <p>This panel has no queries.</p>}
        {queries.length > 0 && <ResultTable frames={data.series} />}
      </div>
    </Drawer>
  )
}

function Query({ query, results: { told } }: { query: PreparedQuery; results: PanelResults }) {
  const styles = useStyles2(inspectorStyles)
  const cost = told.get(query.refId)?.cost
  return (
    <section className={styles.query}>
      <header className={styles.header}>
        <strong>{query.refId}</strong>
        <span className={styles.kind}>{describe(query)}</span>
        <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => query.expr}>
          Copy
        </ClipboardButton>
      </header>
      <pre className={styles.code}>{query.expr}</pre>
      {cost && (
        <p className={styles.cost} data-testid="query-cost">
          {costText(cost)}
        </p>
      )}
    </section>
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
  cost: css({
    margin: theme.spacing(0.5, 0, 0),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.sm,
  }),
  code: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }),
})
