import { css, cx } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { useStyles2 } from '@grafana/ui'

/** A text in place of a panel's content. */
export function PanelMessage({ kind, text }: { kind: 'plain' | 'error'; text: string }) {
  const styles = useStyles2(messageStyles)
  return <div className={cx(styles.box, kind === 'error' && styles.error)}>{text}</div>
}

const messageStyles = (theme: GrafanaTheme2) => ({
  box: css({
    height: '100%',
    width: '100%',
    display: 'flex',
    alignItems: 'safe center',
    justifyContent: 'center',
    textAlign: 'center',
    whiteSpace: 'pre-wrap',
    overflow: 'auto',
    overflowWrap: 'anywhere',
    padding: theme.spacing(1),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.sm,
  }),
  error: css({ color: theme.colors.error.text }),
})
