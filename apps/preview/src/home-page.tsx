import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Alert, Card, EmptyState, LoadingPlaceholder, TagList, useStyles2 } from '@grafana/ui'
import { useEffect } from 'react'
import { useFetched } from './live/use-fetched.ts'
import { fetchDashboards, fetchSettings, type DashboardSummary } from './live/preview-api.ts'
import { PageHeader } from './toolbar/page-header.tsx'

export function HomePage({ revision }: { revision: number }) {
  const styles = useStyles2(homeStyles)
  const { value: dashboards, error } = useFetched(fetchDashboards, revision)
  const { value: settings } = useFetched(fetchSettings, revision)
  useEffect(() => {
    document.title = 'Dashboards'
  }, [])
  return (
    <>
      <PageHeader />
      <main className={styles}>
        {error && (
          <Alert title="The list of dashboards cannot be shown" severity="error">
            {error}
          </Alert>
        )}
        {!dashboards && !error && <LoadingPlaceholder text="Loading dashboards…" />}
        {dashboards?.length === 0 && (
          <EmptyState variant="not-found" message="There are no dashboards yet" hideImage />
        )}
        {dashboards?.map((dashboard) => (
          <DashboardCard key={dashboard.uid} dashboard={dashboard} />
        ))}
        {settings?.hasBacktest && (
          <Card href="/backtest" noMargin>
            <Card.Heading>Backtest</Card.Heading>
            <Card.Description>When alerts would have fired</Card.Description>
          </Card>
        )}
      </main>
    </>
  )
}

function DashboardCard({
  dashboard: { uid, title, description, tags },
}: {
  dashboard: DashboardSummary
}) {
  return (
    <Card href={`/d/${uid}`} noMargin data-testid={`dashboard-${uid}`}>
      <Card.Heading>{title}</Card.Heading>
      {description && <Card.Description>{description}</Card.Description>}
      {tags.length > 0 && (
        <Card.Tags>
          <TagList tags={[...tags]} />
        </Card.Tags>
      )}
    </Card>
  )
}

const homeStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    maxWidth: 960,
    margin: '0 auto',
    padding: theme.spacing(3, 2),
  })
