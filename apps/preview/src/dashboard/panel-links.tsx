import { css } from '@emotion/css'
import { textUtil, type GrafanaTheme2, type InterpolateFunction } from '@grafana/data'
import type { DashboardLink } from '@grafana/schema'
import { Dropdown, Icon, Menu, Tooltip, useStyles2 } from '@grafana/ui'

interface PanelLinksProps {
  readonly links: readonly DashboardLink[]
  readonly replaceVariables: InterpolateFunction
}

/** The links in a panel's header: one leads on by itself, several open a menu. */
export function PanelLinks({ links, replaceVariables }: PanelLinksProps) {
  const styles = useStyles2(linkStyles)
  const ready = links.map(({ title, url = '', targetBlank }) => ({
    label: replaceVariables(title),
    url: textUtil.sanitizeUrl(replaceVariables(url, {}, 'percentencode')),
    target: targetBlank ? ('_blank' as const) : ('_self' as const),
  }))
  const [first] = ready
  if (!first) return null
  if (ready.length === 1)
    return (
      <Tooltip content={first.label}>
        <a
          className={styles}
          href={first.url}
          target={first.target}
          aria-label={first.label}
          rel="noreferrer"
        >
          <Icon name="external-link-alt" />
        </a>
      </Tooltip>
    )
  return (
    <Dropdown
      overlay={
        <Menu>
          {ready.map((link) => (
            <Menu.Item key={link.label} {...link} icon="external-link-alt" />
          ))}
        </Menu>
      }
    >
      <button type="button" className={styles} aria-label="Panel links">
        <Icon name="link" />
      </button>
    </Dropdown>
  )
}

const linkStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    alignItems: 'center',
    padding: theme.spacing(0.5),
    border: 0,
    background: 'none',
    color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.primary },
  })
