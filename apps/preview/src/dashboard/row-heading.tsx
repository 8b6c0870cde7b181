import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import type { DashboardLink, RowPanel } from '@grafana/schema'
import { Icon, useStyles2 } from '@grafana/ui'
import { interpolator } from '../interpolation/interpolate.ts'
import { useDashboardScope } from './dashboard-scope.ts'
import { PanelLinks } from './panel-links.tsx'

interface RowHeadingProps {
  readonly row: RowPanel
  readonly panels: number
  readonly isCollapsed: boolean
  readonly onToggle: () => void
}

/** Folds and unfolds a row, and leads where the row does. */
export function RowHeading({ row, panels, isCollapsed, onToggle }: RowHeadingProps) {
  const styles = useStyles2(rowStyles)
  const { variables, range } = useDashboardScope()
  const replaceVariables = interpolator({ variables, range, defaultFormat: 'text' })
  // Grafana's schema knows no links of a row; its JSON may have them.
  const { links = [] } = row as { links?: readonly DashboardLink[] }
  return (
    <div className={styles.row}>
      <button type="button" className={styles.fold} aria-expanded={!isCollapsed} onClick={onToggle}>
        <Icon name={isCollapsed ? 'angle-right' : 'angle-down'} />
        {replaceVariables(row.title ?? '')}
        {isCollapsed && (
          <span className={styles.count}>({panels === 1 ? '1 panel' : `${panels} panels`})</span>
        )}
      </button>
      <PanelLinks links={links} replaceVariables={replaceVariables} />
    </div>
  )
}

const rowStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', height: 30, marginBottom: theme.spacing(1) }),
  fold: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    flexGrow: 1,
    padding: 0,
    border: 0,
    background: 'none',
    color: theme.colors.text.primary,
    fontSize: theme.typography.h5.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  count: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.sm,
    fontStyle: 'italic',
    fontWeight: theme.typography.fontWeightRegular,
  }),
})
