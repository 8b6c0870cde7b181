import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import type { Panel, RowPanel } from '@grafana/schema'
import { useStyles2 } from '@grafana/ui'
import { useMemo, useState } from 'react'
import { RepeatedScope } from '../repeat/repeated-scope.tsx'
import { repeatPanels } from '../repeat/repeat-panels.ts'
import { useDashboardScope } from './dashboard-scope.ts'
import { gridSections, repeatSections, type GridSection } from './grid-sections.ts'
import { PanelGuard } from './panel-guard.tsx'
import { RowHeading } from './row-heading.tsx'

/** Grafana's grid: 24 columns, rows of 30 px, 8 px between. */
export function DashboardGrid({ panels }: { panels: ReadonlyArray<Panel | RowPanel> }) {
  const { variables } = useDashboardScope()
  const sections = useMemo(
    () => repeatSections(gridSections(panels), variables),
    [panels, variables],
  )
  return sections.map((section, index) => (
    <RepeatedScope
      key={`${section.row?.id ?? `section-${index}`} ${section.repeated?.value ?? ''}`}
      repeated={section.repeated}
    >
      <Section section={section} />
    </RepeatedScope>
  ))
}

function Section({ section: { row, panels } }: { section: GridSection }) {
  const styles = useStyles2(gridStyles)
  const { variables } = useDashboardScope()
  const [isCollapsed, setCollapsed] = useState(row?.collapsed ?? false)
  const placed = useMemo(() => repeatPanels(panels, variables), [panels, variables])
  const top = Math.min(...placed.map(({ panel }) => panel.gridPos?.y ?? 0))
  return (
    <section className={styles.section}>
      {row && (
        <RowHeading
          row={row}
          panels={placed.length}
          isCollapsed={isCollapsed}
          onToggle={() => setCollapsed(!isCollapsed)}
        />
      )}
      {!isCollapsed && (
        <div className={styles.grid}>
          {placed.map(({ panel, key, repeated }) => (
            <div key={key} style={position(panel, top)}>
              <RepeatedScope repeated={repeated}>
                <PanelGuard panel={panel} />
              </RepeatedScope>
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
})
