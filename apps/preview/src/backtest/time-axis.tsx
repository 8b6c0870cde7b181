import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { useStyles2 } from '@grafana/ui'
import { percentAt, ticksOf, type TimeSpan } from './time-scale.ts'

const mostTicks = 14

interface TimeAxisProps {
  readonly span: TimeSpan
  /** UTC where none is given. */
  readonly timeZone?: string
}

export function TimeAxis({ span, timeZone }: TimeAxisProps) {
  const styles = useStyles2(axisStyles)
  return (
    <div className={styles.axis} aria-hidden>
      {ticksOf(span, mostTicks, timeZone).map(({ at, text }) => (
        <span key={at} className={styles.tick} style={{ left: `${percentAt(span, at)}%` }}>
          {text}
        </span>
      ))}
    </div>
  )
}

/** Lines at the ticks, behind what is drawn. */
export function TimeGrid({ span, timeZone }: TimeAxisProps) {
  const styles = useStyles2(axisStyles)
  return ticksOf(span, mostTicks, timeZone).map(({ at }) => (
    <span key={at} className={styles.line} style={{ left: `${percentAt(span, at)}%` }} />
  ))
}

const axisStyles = (theme: GrafanaTheme2) => ({
  axis: css({
    position: 'relative',
    height: 20,
    fontSize: theme.typography.size.xs,
    color: theme.colors.text.secondary,
  }),
  tick: css({ position: 'absolute', transform: 'translateX(-50%)', whiteSpace: 'nowrap' }),
  line: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: 1,
    background: theme.colors.border.weak,
  }),
})
