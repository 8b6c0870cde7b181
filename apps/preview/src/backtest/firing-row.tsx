import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Tooltip, useStyles2 } from '@grafana/ui'
import type { Firing } from './backtest-data.ts'
import { firingText } from './firing-text.ts'
import { percentAt, type TimeSpan } from './time-scale.ts'

interface FiringRowProps {
  readonly firings: readonly Firing[]
  readonly span: TimeSpan
  readonly color: string
  /** Which catalog's, where there are two. */
  readonly which?: string
}

/** When one catalog's alert fires, as bars over time. */
export function FiringRow({ firings, span, color, which }: FiringRowProps) {
  const styles = useStyles2(rowStyles)
  return (
    <div className={styles.row} role="list" aria-label={which ?? 'firings'}>
      {firings.map((firing) => {
        const text = firingText(firing, which ? `${which}: ` : '')
        const left = percentAt(span, firing.from)
        const width = percentAt(span, firing.to ?? span.end) - left
        return (
          <Tooltip key={firing.from} content={text}>
            <span
              className={styles.bar}
              style={{ left: `${left}%`, width: `${width}%`, background: color }}
              role="listitem"
              aria-label={text}
              tabIndex={0}
            />
          </Tooltip>
        )
      })}
    </div>
  )
}

const rowStyles = (theme: GrafanaTheme2) => ({
  row: css({ position: 'relative', height: 14 }),
  // A firing of minutes in a range of weeks is less than a pixel.
  bar: css({
    position: 'absolute',
    top: 2,
    bottom: 2,
    minWidth: 4,
    borderRadius: 2,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
})
