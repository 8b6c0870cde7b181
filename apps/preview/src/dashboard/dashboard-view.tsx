import { css } from '@emotion/css'
import { dateTime, type GrafanaTheme2, type RawTimeRange } from '@grafana/data'
import type { Dashboard } from '@grafana/schema'
import { LoadingPlaceholder, useStyles2 } from '@grafana/ui'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { annotationQueries, type AnnotationQuery } from '../annotations/annotation-query.ts'
import { AnnotationSwitches } from '../annotations/annotation-switches.tsx'
import { useAnnotations } from '../annotations/use-annotations.ts'
import { useChanges } from '../changes/use-changes.ts'
import { interpolator } from '../interpolation/interpolate.ts'
import { navigate } from '../navigation.ts'
import { DashboardLinks } from '../toolbar/dashboard-links.tsx'
import { PageHeader } from '../toolbar/page-header.tsx'
import { TimeControls } from '../toolbar/time-controls.tsx'
import { VariablePicker } from '../toolbar/variable-picker.tsx'
import { useVariables } from '../variables/use-variables.ts'
import { PublishedNotice } from '../changes/published-notice.tsx'
import { usePublished } from '../changes/use-published.ts'
import type { Settings } from '../live/preview-api.ts'
import { DashboardGrid } from './dashboard-grid.tsx'
import { DashboardScopeProvider, newEventBus, type DashboardScope } from './dashboard-scope.ts'
import {
  changeDashboardUrl,
  rawTimeToUrl,
  readDashboardUrl,
  type DashboardUrl,
} from './dashboard-url.ts'
import { useDashboardTime } from './use-dashboard-time.ts'

interface DashboardViewProps {
  readonly dashboard: Dashboard
  readonly uid: string
  readonly search: string
  readonly revision: number
  readonly settings: Settings
}

const hidden = 2
const noPanels = {}

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
  const [eventBus] = useState(newEventBus)

  const change = useCallback(
    (part: Partial<DashboardUrl>, how: 'push' | 'replace' = 'push') =>
      navigate(window.location.pathname + changeDashboardUrl(window.location.search, part), how),
    [],
  )
  const setTime = useCallback((raw: RawTimeRange) => change(rawTimeToUrl(raw)), [change])
  const zoomTo = useCallback(
    ({ from, to }: { from: number; to: number }) =>
      setTime({ from: dateTime(from), to: dateTime(to) }),
    [setTime],
  )

  const { range, timeZone } = time
  const cursorSync = dashboard.graphTooltip ?? 0
  const allAnnotations = useMemo(() => annotationQueries(dashboard), [dashboard])
  const changes = useChanges(dashboard)
  const published = usePublished(hasPublished, uid, revision)
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const isOn = ({ enable = true, name = '' }: AnnotationQuery) => enable !== turned.has(name)
  const shownAnnotations = useMemo(() => allAnnotations.filter(isOn), [allAnnotations, turned])
  const { events: annotations, errors: annotationErrors } = useAnnotations(
    shownAnnotations,
    variables,
    range,
    scrapeIntervalSeconds,
  )
  const scope = useMemo<DashboardScope | undefined>(
    () =>
      variables && {
        variables,
        range,
        timeZone,
        scrapeIntervalSeconds,
        annotations,
        changes,
        publishedPanels: published?.value?.panels ?? noPanels,
        eventBus,
        cursorSync,
        zoomTo,
      },
    [
      variables,
      range,
      timeZone,
      scrapeIntervalSeconds,
      annotations,
      changes,
      eventBus,
      cursorSync,
      zoomTo,
    ],
  )
  const replaceVariables = useMemo(
    () => interpolator({ variables: variables ?? [], range }),
    [variables, range],
  )
  const title = dashboard.title ?? uid
  useEffect(() => {
    document.title = `${title} - Dashboards`
  }, [title])

  return (
    <>
      <PageHeader title={title} description={dashboard.description} tags={dashboard.tags ?? []} />
      <div className={styles.controls}>
        {variables
          ?.filter(({ model }) => model.hide !== hidden && model.type !== 'constant')
          .map((variable) => (
            <VariablePicker
              key={variable.name}
              variable={variable}
              onChange={(values) => change({ variables: { [variable.name]: values } })}
            />
          ))}
        <div className={styles.right}>
          <AnnotationSwitches
            queries={allAnnotations}
            isOn={isOn}
            onToggle={({ name = '' }) => setTurned((former) => toggled(former, name))}
            errors={annotationErrors}
          />
          <DashboardLinks
            links={dashboard.links ?? []}
            ownUid={uid}
            revision={revision}
            replaceVariables={replaceVariables}
          />
          <div className={styles.time}>
            <TimeControls
              time={time}
              onTime={setTime}
              onRefresh={(refresh) => change({ refresh }, 'replace')}
            />
          </div>
        </div>
      </div>
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

const toggled = (former: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  former.has(name)
    ? new Set([...former].filter((each) => each !== name))
    : new Set([...former, name])

const viewStyles = (theme: GrafanaTheme2) => ({
  controls: css({
    position: 'sticky',
    top: 0,
    zIndex: theme.zIndex.activePanel,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(2, 2, 1),
    background: theme.colors.background.canvas,
  }),
  right: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    marginLeft: 'auto',
  }),
  time: css({ display: 'flex', gap: theme.spacing(1) }),
  body: css({ padding: theme.spacing(1, 2, 4) }),
})
