import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Icon, useStyles2 } from '@grafana/ui'

/** Says in the header that a panel looks at a window of its own. */
export function PanelTimeNote({ note }: { note: string }) {
  const styles = useStyles2(noteStyles)
  if (!note) return null
  return (
    <span className={styles}>
      <Icon name="clock-nine" size="sm" /> {note}
    </span>
  )
}

const noteStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.text.link,
    fontSize: theme.typography.size.sm,
    whiteSpace: 'nowrap',
  })
