import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Icon, TagList, Tooltip, useStyles2 } from '@grafana/ui'
import { ThemeSwitch } from '../theme/theme-switch.tsx'

interface PageHeaderProps {
  /** Absent on the home page. */
  readonly title?: string
  readonly description?: string | undefined
  readonly tags?: readonly string[]
}

export function PageHeader({ title, description, tags = [] }: PageHeaderProps) {
  const styles = useStyles2(headerStyles)
  return (
    <header className={styles.header}>
      <Icon name="apps" className={styles.faint} />
      {title ? (
        <nav className={styles.crumbs} aria-label="Breadcrumbs">
          <a className={styles.crumb} href="/">
            Dashboards
          </a>
          <Icon name="angle-right" className={styles.faint} />
          <h1 className={styles.title}>{title}</h1>
          {description && (
            <Tooltip content={description}>
              <Icon name="info-circle" className={styles.faint} tabIndex={0} />
            </Tooltip>
          )}
        </nav>
      ) : (
        <h1 className={styles.title}>Dashboards</h1>
      )}
      {tags.length > 0 && <TagList tags={[...tags]} className={styles.tags} />}
      <span className={styles.note}>Preview</span>
      <ThemeSwitch />
    </header>
  )
}

const headerStyles = (theme: GrafanaTheme2) => ({
  header: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 40,
    padding: theme.spacing(0, 2),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    background: theme.colors.background.primary,
  }),
  crumbs: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), minWidth: 0 }),
  crumb: css({
    color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.primary, textDecoration: 'underline' },
  }),
  title: css({
    margin: 0,
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  tags: css({ flexGrow: 0, justifyContent: 'flex-start' }),
  faint: css({ color: theme.colors.text.secondary, flexShrink: 0 }),
  note: css({
    marginLeft: 'auto',
    color: theme.colors.text.disabled,
    fontSize: theme.typography.size.sm,
  }),
})
