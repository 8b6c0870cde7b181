import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'

/** A page to be read. */
export const runbookStyles = (theme: GrafanaTheme2) =>
  css({
    maxWidth: 960,
    margin: '0 auto',
    padding: theme.spacing(3, 2),
    overflowWrap: 'break-word',
    '& h1, & h2': { marginTop: theme.spacing(3) },
    // The stand-in font has no medium weight that could be told from the regular one.
    '& strong': { fontWeight: 700 },
    '& li': { marginBottom: theme.spacing(0.5) },
    '& ol > li': { marginBottom: theme.spacing(2) },
    '& pre': { whiteSpace: 'pre-wrap', marginBottom: theme.spacing(1) },
    '& a': { color: theme.colors.text.link },
  })
