import { css } from '@emotion/css'
import { createTheme, ThemeContext, type GrafanaTheme2 } from '@grafana/data'
import { Alert, EmptyState, ErrorBoundaryAlert, GlobalStyles, PortalContainer } from '@grafana/ui'
import { BacktestPage } from './backtest/backtest-page.tsx'
import { DashboardPage } from './dashboard/dashboard-page.tsx'
import { HomePage } from './home-page.tsx'
import { useServerEvents } from './live/use-server-events.ts'
import { usePageLocation } from './navigation.ts'
import { QueryPage } from './runbooks/query-page.tsx'
import { RunbookPage } from './runbooks/runbook-page.tsx'
import { ThemeChoiceProvider } from './theme/theme-switch.tsx'
import { useThemeMode, type ThemeMode } from './theme/use-theme-mode.ts'
import { PageHeader } from './toolbar/page-header.tsx'

export function App() {
  const choice = useThemeMode()
  const theme = themes[choice.mode]
  const { revision, problem } = useServerEvents()
  return (
    <ThemeContext.Provider value={theme}>
      <ThemeChoiceProvider value={choice}>
        <GlobalStyles />
        <div className={pageStyles(theme)}>
          {problem && (
            <div className={bannerStyles} data-testid="problem">
              <Alert
                title="The dashboards could not be built anew; these are the former ones"
                severity="error"
                topSpacing={0}
                bottomSpacing={0}
              >
                <span className={preStyles}>{problem}</span>
              </Alert>
            </div>
          )}
          <ErrorBoundaryAlert dependencies={[revision]}>
            {/* Anew with another theme, since graphs are drawn in its colours once. */}
            <Page key={choice.mode} revision={revision} />
          </ErrorBoundaryAlert>
        </div>
        <PortalContainer />
      </ThemeChoiceProvider>
    </ThemeContext.Provider>
  )
}

function Page({ revision }: { revision: number }) {
  const { pathname, search } = usePageLocation()
  if (pathname === '/') return <HomePage revision={revision} />
  if (pathname === '/backtest') return <BacktestPage revision={revision} />
  const runbook = /^\/runbooks\/([^/]+)$/.exec(pathname)?.[1]
  if (runbook)
    return <RunbookPage key={runbook} name={decodeURIComponent(runbook)} revision={revision} />
  const query = pathname === '/query' && new URLSearchParams(search).get('expr')
  if (query) return <QueryPage key={query} query={query} revision={revision} />
  const uid = /^\/d\/([^/]+)/.exec(pathname)?.[1]
  if (uid)
    return (
      <DashboardPage key={uid} uid={decodeURIComponent(uid)} search={search} revision={revision} />
    )
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState variant="not-found" message={`There is no page at ${pathname}`} hideImage>
        <a href="/">All dashboards</a>
      </EmptyState>
    </>
  )
}

const typography = {
  fontFamilyMonospace: 'ui-monospace, "DejaVu Sans Mono", "Consolas", monospace',
}
const themes: Readonly<Record<ThemeMode, GrafanaTheme2>> = {
  dark: createTheme({ colors: { mode: 'dark' }, typography }),
  light: createTheme({ colors: { mode: 'light' }, typography }),
}

const pageStyles = (theme: GrafanaTheme2) =>
  css({
    minHeight: '100vh',
    background: theme.colors.background.canvas,
    color: theme.colors.text.primary,
  })
const bannerStyles = css({ padding: 8 })
const preStyles = css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' })
