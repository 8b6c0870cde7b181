import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import type { Panel, RowPanel } from '@grafana/schema'
import { Icon, useStyles2 } from '@grafana/ui'
import { useMemo, useState } from 'react'
import { interpolator } from '../interpolation/interpolate.ts'
import { useDashboardScope } from './dashboard-scope.ts'
import { gridSections, type GridSection } from './grid-sections.ts'
import { PanelGuard } from './panel-guard.tsx'

/** Grafana's grid: 24 columns, rows of 30 px, 8 px between. */
export function DashboardGrid({ panels }: { panels: ReadonlyArray<Panel | RowPanel> }) {
  const sections = useMemo(() => gridSections(panels), [panels])
  return sections.map((section, index) => (
    <Section key={section.row?.id ?? `section-${index}`} section={section} />
  ))
}

function Section({ section: { row, panels } }: { section: GridSection }) {
  const styles = useStyles2(gridStyles)
  const { variables, range } = useDashboardScope()
  const [isCollapsed, setCollapsed] = useState(row?.collapsed ?? false)
  const top = Math.min(...panels.map(({ gridPos }) => gridPos?.y ?? 0))
  return (
    <section className={styles.section}>
      {row && (
        <button
          type="button"
          className={styles.row}
          aria-expanded={!isCollapsed}
          onClick={() => setCollapsed(!isCollapsed)}
        >
          <Icon name={isCollapsed ? 'angle-right' : 'angle-down'} />
          {interpolator({ variables, range, defaultFormat: 'text' })(row.title ?? '')}
          {isCollapsed && (
            <span className={styles.count}>
              ({panels.length === 1 ? '1 panel' : `${panels.length} panels`})
            </span>
          )}
        </button>
      )}
      {!isCollapsed && (
        <div className={styles.grid}>
          {panels.map((panel, index) => (
            <div key={panel.id ?? index} style={position(panel, top)}>
              <PanelGuard panel={panel} />
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

function position(
  { gridPos: { x = 0, y = 0, w = 12, h = 8 } = {} as NonNullable<Panel['gridPos']> }: Panel,
  top: number,
) {
  return { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y - top + 1} / span ${h}` }
}

const gridStyles = (theme: GrafanaTheme2) => ({
  section: css({ marginBottom: theme.spacing(1) }),
  grid: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(24, minmax(0, 1fr))',
    gridAutoRows: '30px',
    gap: theme.spacing(1),
    '& > div': { minWidth: 0 },
    [theme.breakpoints.down('md')]: {
      '& > div': { gridColumn: '1 / -1 !important', gridRowStart: 'auto !important' },
    },
  }),
  row: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    width: '100%',
    height: 30,
    padding: 0,
    marginBottom: theme.spacing(1),
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
