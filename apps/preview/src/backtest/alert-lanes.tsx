import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Badge, useStyles2, useTheme2 } from '@grafana/ui'
import type { Backtest, BacktestedAlert, Firing, LabelledFirings } from './backtest-data.ts'
import { ErrorArea, highestRatio } from './error-area.tsx'
import { FiringRow } from './firing-row.tsx'
import { labelText, percentText, subjectOf } from './firing-text.ts'
import { laneColors } from './lane-colors.ts'
import { TimeAxis, TimeGrid } from './time-axis.tsx'

interface AlertLanesProps {
  readonly alert: BacktestedAlert
  readonly backtest: Backtest
}

/** An alert's firings over time, a lane for each label set. */
export function AlertLanes({ alert, backtest }: AlertLanesProps) {
  const styles = useStyles2(laneStyles)
  const identity = alert.today ?? alert.changed
  if (!identity) return null
  const only =
    backtest.changed === undefined || (alert.today && alert.changed)
      ? undefined
      : alert.today
        ? 'only today'
        : 'only in the changed catalog'
  return (
    <section className={styles.card} data-testid={`alert-${identity.name}-${subjectOf(identity)}`}>
      <h2 className={styles.title}>
        {identity.name}
        <Badge text={identity.severity} color={identity.severity === 'page' ? 'red' : 'blue'} />
        <span className={styles.subject}>
          {[subjectOf(identity), labelText(identity.labels), `owner ${identity.owner}`]
            .filter(Boolean)
            .join(', ')}
        </span>
        {only && <Badge text={only} color="purple" />}
      </h2>
      {alert.series.map((series) => (
        <Lane
          key={labelText(series.labels)}
          series={series}
          backtest={backtest}
          objective={identity.objective}
        />
      ))}
      <div className={styles.lane}>
        <span />
        <TimeAxis span={backtest} />
      </div>
    </section>
  )
}

interface LaneProps {
  readonly series: LabelledFirings
  readonly backtest: Backtest
  readonly objective: string | undefined
}

function Lane({ series: { firings, labels }, backtest, objective }: LaneProps) {
  const styles = useStyles2(laneStyles)
  const colors = laneColors(useTheme2())
  const ratios = backtest.errorRatios.find(
    (each) =>
      each.objective === objective && each.environment === labels['deployment_environment_name'],
  )
  const comparing = backtest.changed !== undefined
  const of = (which: 'today' | 'changed'): Firing[] => firings.flatMap((pair) => pair[which] ?? [])
  return (
    <div className={styles.lane}>
      <div className={styles.label}>
        {labelText(labels) || 'everywhere'}
        {ratios && highestRatio(ratios) > 0 && (
          <span className={styles.faint}>errors up to {percentText(highestRatio(ratios))}</span>
        )}
      </div>
      <div className={styles.chart}>
        <TimeGrid span={backtest} />
        {ratios && <ErrorArea ratios={ratios} span={backtest} />}
        <FiringRow
          firings={of('today')}
          span={backtest}
          color={colors.today}
          {...(comparing && { which: 'today' })}
        />
        {comparing && (
          <FiringRow
            firings={of('changed')}
            span={backtest}
            color={colors.changed}
            which="changed"
          />
        )}
      </div>
    </div>
  )
}

const laneStyles = (theme: GrafanaTheme2) => ({
  card: css({
    padding: theme.spacing(1.5, 2),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  title: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    margin: theme.spacing(0, 0, 1, 0),
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  subject: css({ color: theme.colors.text.secondary, fontWeight: 'normal' }),
  lane: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, 200px) 1fr',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(0.5),
  }),
  label: css({
    alignSelf: 'center',
    overflowWrap: 'anywhere',
    fontSize: theme.typography.size.sm,
  }),
  faint: css({
    display: 'block',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.xs,
  }),
  chart: css({
    position: 'relative',
    padding: theme.spacing(0.5, 0),
    background: theme.colors.background.canvas,
  }),
})
