import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import type { Panel } from '@grafana/schema'
import { useStyles2 } from '@grafana/ui'
import { panelIdentity, type PanelChange } from '../changes/changed-panels.ts'
import { useDashboardScope } from './dashboard-scope.ts'

/** Around a panel that is not what it was before the last save, or not what is published. */
export function PanelMarker({ panel }: { panel: Panel }) {
  const styles = useStyles2(markerStyles)
  const { changes, publishedPanels } = useDashboardScope()
  const change = changes.size > 0 ? changes.get(panelIdentity(panel)) : undefined
  const published = publishedPanels[panel.title ?? '']
  const word = change ?? (published && publishedWords[published])
  if (!word) return null
  return (
    <div className={styles.frame}>
      <span className={styles.word} role="status">
        {word}
      </span>
    </div>
  )
}

const publishedWords: Readonly<Record<PanelChange, string>> = {
  changed: 'unlike the published',
  new: 'not published',
}

const markerStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    position: 'absolute',
    inset: 0,
    zIndex: 3,
    border: `2px solid ${theme.colors.info.border}`,
    borderRadius: theme.shape.radius.default,
    pointerEvents: 'none',
  }),
  word: css({
    position: 'absolute',
    right: 0,
    bottom: 0,
    padding: theme.spacing(0, 1),
    background: theme.colors.info.main,
    color: theme.colors.info.contrastText,
    fontSize: theme.typography.size.sm,
  }),
})
