import { Alert, Box, LoadingPlaceholder } from '@grafana/ui'
import { useCallback } from 'react'
import { fetchDashboard, fetchSettings } from '../live/preview-api.ts'
import { useFetched } from '../live/use-fetched.ts'
import { PageHeader } from '../toolbar/page-header.tsx'
import { DashboardView } from './dashboard-view.tsx'

interface DashboardPageProps {
  readonly uid: string
  readonly search: string
  readonly revision: number
}

export function DashboardPage({ uid, search, revision }: DashboardPageProps) {
  const fetchThis = useCallback(() => fetchDashboard(uid), [uid])
  const { value: dashboard, error } = useFetched(fetchThis, revision)
  const { value: settings, error: settingsError } = useFetched(fetchSettings, revision)
  const problem = error ?? settingsError
  const notice = problem ? (
    <Alert title="The dashboard cannot be shown" severity="error">
      {problem}
    </Alert>
  ) : null
  if (!dashboard || !settings)
    return (
      <>
        <PageHeader title={uid} />
        <Box padding={2}>{notice ?? <LoadingPlaceholder text="Loading dashboard…" />}</Box>
      </>
    )
  return (
    <>
      {notice}
      <DashboardView
        dashboard={dashboard}
        uid={uid}
        search={search}
        revision={revision}
        settings={settings}
      />
    </>
  )
}
