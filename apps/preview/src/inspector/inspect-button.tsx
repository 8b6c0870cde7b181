import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Icon, Tooltip, useStyles2 } from '@grafana/ui'

/** Marks the element in which the button shows while the pointer or the focus is inside. */
export const inspectableClass = 'preview-inspectable'

interface InspectButtonProps {
  readonly title: string
  readonly onClick: () => void
}

/** Over the panel's header, so that it takes no room from the title. */
export function InspectButton({ title, onClick }: InspectButtonProps) {
  const styles = useStyles2(buttonStyles)
  const label = `Inspect ${title}`
  return (
    <Tooltip content="Query, cost and result (i)">
      <button
        type="button"
        className={styles}
        aria-label={label}
        aria-keyshortcuts="i"
        data-testid="inspect"
        onClick={onClick}
      >
        <Icon name="search" />
      </button>
    </Tooltip>
  )
}

const buttonStyles = (theme: GrafanaTheme2) =>
  css({
    position: 'absolute',
    top: 4,
    right: 34,
    zIndex: 2,
    padding: theme.spacing(0.5),
    border: 0,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    color: theme.colors.text.secondary,
    opacity: 0,
    [`.${inspectableClass}:hover > &, &:focus-visible`]: { opacity: 1 },
    '&:hover': { color: theme.colors.text.primary },
  })
