import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import type { Dashboard } from '@grafana/schema'
import { useStyles2 } from '@grafana/ui'
import { useMemo } from 'react'
import {
  AnnotationSwitches,
  type AnnotationSwitchesProps,
} from '../annotations/annotation-switches.tsx'
import { interpolator } from '../interpolation/interpolate.ts'
import { DashboardLinks } from '../toolbar/dashboard-links.tsx'
import { TimeControls } from '../toolbar/time-controls.tsx'
import { VariablePicker } from '../toolbar/variable-picker.tsx'
import type { DashboardVariable } from '../variables/dashboard-variable.ts'
import type { DashboardTime } from './use-dashboard-time.ts'
import type { UrlChanges } from './use-url-changes.ts'

interface DashboardControlsProps {
  readonly dashboard: Dashboard
  readonly uid: string
  readonly revision: number
  readonly variables: readonly DashboardVariable[] | undefined
  readonly time: DashboardTime
  readonly annotations: AnnotationSwitchesProps
  readonly changes: UrlChanges
}

const hidden = 2

/** What stands above the panels and stays in sight: variables, annotations, links and time. */
export function DashboardControls({
  dashboard,
  uid,
  revision,
  variables,
  time,
  annotations,
  changes: { change, setTime },
}: DashboardControlsProps) {
  const styles = useStyles2(controlStyles)
  const { range } = time
  const replaceVariables = useMemo(
    () => interpolator({ variables: variables ?? [], range }),
    [variables, range],
  )
  return (
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
        <AnnotationSwitches {...annotations} />
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
  )
}

const controlStyles = (theme: GrafanaTheme2) => ({
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
})
