import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import type { Dashboard } from '@grafana/schema'
import { LoadingPlaceholder, useStyles2 } from '@grafana/ui'
import { useEffect, useMemo, useState } from 'react'
import { useShownAnnotations } from '../annotations/use-shown-annotations.ts'
import { PublishedNotice } from '../changes/published-notice.tsx'
import { useChanges } from '../changes/use-changes.ts'
import { usePublished } from '../changes/use-published.ts'
import type { Settings } from '../live/preview-api.ts'
import { PageHeader } from '../toolbar/page-header.tsx'
import { useVariables } from '../variables/use-variables.ts'
import { DashboardControls } from './dashboard-controls.tsx'
import { DashboardGrid } from './dashboard-grid.tsx'
import { DashboardScopeProvider, newEventBus, type DashboardScope } from './dashboard-scope.ts'
import { readDashboardUrl } from './dashboard-url.ts'
import { useDashboardTime } from './use-dashboard-time.ts'
import { useUrlChanges } from './use-url-changes.ts'

interface DashboardViewProps {
  readonly dashboard: Dashboard
  readonly uid: string
  readonly search: string
  readonly revision: number
  readonly settings: Settings
}

export function DashboardView({
  dashboard,
  uid,
  search,
  revision,
  settings: { hasPublished = false, scrapeIntervalSeconds },
}: DashboardViewProps) {
  const styles = useStyles2(viewStyles)
  const url = useMemo(() => readDashboardUrl(search), [search])
  const time = useDashboardTime(dashboard, url)
  const models = useMemo(() => dashboard.templating?.list ?? [], [dashboard])
  const variables = useVariables(models, url.variables, time.range)
  const annotations = useShownAnnotations(dashboard, variables, time.range, scrapeIntervalSeconds)
  const changes = useChanges(dashboard)
  const published = usePublished(hasPublished, uid, revision)
  const urlChanges = useUrlChanges()
  const scope = useScope(variables, {
    range: time.range,
    timeZone: time.timeZone,
    scrapeIntervalSeconds,
    annotations: annotations.events,
    changes,
    publishedPanels: published?.value?.panels ?? noPanels,
    cursorSync: dashboard.graphTooltip ?? 0,
    zoomTo: urlChanges.zoomTo,
  })
  const title = dashboard.title ?? uid
  useDocumentTitle(title)

  return (
    <>
      <PageHeader title={title} description={dashboard.description} tags={dashboard.tags ?? []} />
      <DashboardControls
        {...{ dashboard, uid, revision, variables, time }}
        annotations={annotations.switches}
        changes={urlChanges}
      />
      <main className={styles.body}>
        {published && <PublishedNotice published={published} />}
        {scope ? (
          <DashboardScopeProvider value={scope}>
            <DashboardGrid panels={dashboard.panels ?? []} />
          </DashboardScopeProvider>
        ) : (
          <LoadingPlaceholder text="Loading variables…" />
        )}
      </main>
    </>
  )
}

function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} - Dashboards`
  }, [title])
}

const noPanels = {}

/** The same object until a part of it is another: every panel reads it. */
function useScope(
  variables: DashboardScope['variables'] | undefined,
  shared: Omit<DashboardScope, 'eventBus' | 'variables'>,
): DashboardScope | undefined {
  const [eventBus] = useState(newEventBus)
  return useMemo(
    () => variables && { ...shared, variables, eventBus },
    [variables, eventBus, ...Object.values(shared)],
  )
}

const viewStyles = (theme: GrafanaTheme2) => ({
  body: css({ padding: theme.spacing(1, 2, 4) }),
})
