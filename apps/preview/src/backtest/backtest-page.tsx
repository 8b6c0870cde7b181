import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Alert, EmptyState, LoadingPlaceholder, useStyles2, useTheme2 } from '@grafana/ui'
import { useEffect } from 'react'
import { fetchBacktest } from '../live/preview-api.ts'
import { useFetched } from '../live/use-fetched.ts'
import { PageHeader } from '../toolbar/page-header.tsx'
import { AlertLanes } from './alert-lanes.tsx'
import type { Backtest, BacktestedAlert } from './backtest-data.ts'
import { subjectOf } from './firing-text.ts'
import { laneColors } from './lane-colors.ts'
import { momentText } from './time-scale.ts'

/** When alerts would have fired: lanes of firings, today's above and the changed ones below. */
export function BacktestPage({ revision }: { revision: number }) {
  const styles = useStyles2(pageStyles)
  const { value: backtest, error } = useFetched(fetchBacktest, revision)
  useEffect(() => {
    document.title = 'Backtest'
  }, [])
  return (
    <>
      <PageHeader title="Backtest" />
      <main className={styles.page} data-testid="backtest">
        {error && (
          <Alert title="The backtest cannot be shown" severity="error">
            {error}
          </Alert>
        )}
        {!backtest && !error && <LoadingPlaceholder text="Loading the backtest…" />}
        {backtest && <BacktestView backtest={backtest} />}
      </main>
    </>
  )
}

function BacktestView({ backtest }: { backtest: Backtest }) {
  const styles = useStyles2(pageStyles)
  const { alerts, problems } = backtest
  const firing = alerts.filter(({ series }) => series.length > 0)
  const quiet = alerts.filter(({ series }) => series.length === 0)
  return (
    <>
      <p className={styles.summary}>
        {momentText(backtest.start)} to {momentText(backtest.end)} UTC, from {backtest.prometheus}
      </p>
      <Legend backtest={backtest} />
      {problems.map((problem) => (
        <Alert
          key={problem}
          title={`Incomplete: known up to ${momentText(backtest.until)} UTC`}
          severity="warning"
        >
          {problem}
        </Alert>
      ))}
      {firing.length === 0 && (
        <EmptyState
          variant="completed"
          message="No alert would have fired in this time"
          hideImage
        />
      )}
      {firing.map((alert, index) => (
        <AlertLanes key={index} alert={alert} backtest={backtest} />
      ))}
      {quiet.length > 0 && <Quiet alerts={quiet} />}
    </>
  )
}

function Legend({ backtest: { changed, errorRatios, today } }: { backtest: Backtest }) {
  const styles = useStyles2(pageStyles)
  const colors = laneColors(useTheme2())
  const entries = [
    { color: colors.today, text: changed === undefined ? today : `today: ${today}` },
    ...(changed === undefined ? [] : [{ color: colors.changed, text: `changed: ${changed}` }]),
    ...(errorRatios.length > 0 ? [{ color: colors.errors, text: 'share of bad events' }] : []),
  ]
  return (
    <ul className={styles.legend}>
      {entries.map(({ color, text }) => (
        <li key={text} className={styles.entry}>
          <span className={styles.swatch} style={{ background: color }} />
          {text}
        </li>
      ))}
    </ul>
  )
}

function Quiet({ alerts }: { alerts: readonly BacktestedAlert[] }) {
  const styles = useStyles2(pageStyles)
  return (
    <details className={styles.quiet}>
      <summary>
        {alerts.length === 1 ? '1 alert never fires' : `${alerts.length} alerts never fire`}
      </summary>
      <ul className={styles.names}>
        {alerts.map(({ changed, today, unrecorded }, index) => {
          const identity = today ?? changed
          return identity ? (
            <li key={index}>
              {identity.name} ({identity.severity}), {subjectOf(identity)}
              {unrecorded && ': nothing was recorded that it looks at'}
            </li>
          ) : null
        })}
      </ul>
    </details>
  )
}

const pageStyles = (theme: GrafanaTheme2) => ({
  page: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    maxWidth: 1600,
    margin: '0 auto',
    padding: theme.spacing(2),
  }),
  summary: css({ margin: 0 }),
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    listStyle: 'none',
    margin: theme.spacing(0, 0, 1, 0),
    color: theme.colors.text.secondary,
  }),
  entry: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.75) }),
  swatch: css({ width: 14, height: 8, borderRadius: 2 }),
  quiet: css({ padding: theme.spacing(1), color: theme.colors.text.secondary }),
  names: css({ margin: theme.spacing(1, 0, 0, 2) }),
})
