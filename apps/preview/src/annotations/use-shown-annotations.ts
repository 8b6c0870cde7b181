import type { TimeRange } from '@grafana/data'
import type { Dashboard } from '@grafana/schema'
import { useCallback, useMemo, useState } from 'react'
import type { VariableValue } from '../interpolation/variable-value.ts'
import { annotationQueries, type AnnotationQuery } from './annotation-query.ts'
import type { AnnotationSwitchesProps } from './annotation-switches.tsx'
import { useAnnotations, type Annotations } from './use-annotations.ts'

interface ShownAnnotations {
  readonly events: Annotations['events']
  readonly switches: AnnotationSwitchesProps
}

/** The annotations that are on, as the dashboard says or as somebody turned them. */
export function useShownAnnotations(
  dashboard: Dashboard,
  variables: readonly VariableValue[] | undefined,
  range: TimeRange,
  scrapeIntervalSeconds: number,
): ShownAnnotations {
  const queries = useMemo(() => annotationQueries(dashboard), [dashboard])
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const isOn = useCallback(
    ({ enable = true, name = '' }: AnnotationQuery) => enable !== turned.has(name),
    [turned],
  )
  const shown = useMemo(() => queries.filter(isOn), [queries, isOn])
  const { events, errors } = useAnnotations(shown, variables, range, scrapeIntervalSeconds)
  const onToggle = ({ name = '' }: AnnotationQuery) => setTurned((former) => toggled(former, name))
  return { events, switches: { queries, isOn, onToggle, errors } }
}

const toggled = (former: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  former.has(name)
    ? new Set([...former].filter((each) => each !== name))
    : new Set([...former, name])
