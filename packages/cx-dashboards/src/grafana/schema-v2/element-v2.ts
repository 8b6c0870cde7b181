import type { Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common'
import type * as v1 from '@grafana/grafana-foundation-sdk/dashboard'
import type * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import { dataQuery } from './data-query.ts'
import { sameInBoth } from './same-in-both.ts'

export const elementV2 = (panel: v1.Panel): v2.PanelKind => ({
  kind: 'Panel',
  spec: {
    id: panel.id ?? 0,
    title: panel.title ?? '',
    ...(panel.description ? { description: panel.description } : {}),
    ...(panel.transparent ? { transparent: true } : {}),
    links: sameInBoth(
      (panel.links ?? []).map(({ targetBlank, title, url }) => ({ title, url, targetBlank })),
    ),
    data: {
      kind: 'QueryGroup',
      spec: {
        queries: (panel.targets ?? []).map((target) => panelQuery(target, panel.datasource)),
        transformations: (panel.transformations ?? []).map(transformation),
        queryOptions: queryOptions(panel),
      },
    },
    vizConfig: {
      kind: 'VizConfig',
      group: panel.type,
      version: panel.pluginVersion ?? '',
      spec: {
        options: sameInBoth(panel.options ?? {}),
        fieldConfig: sameInBoth(panel.fieldConfig ?? { defaults: {}, overrides: [] }),
      },
    },
  },
})

/** What a query tells of itself stays there; what every kind of query has stands outside. */
const panelQuery = (target: Dataquery, panel: DataSourceRef | undefined): v2.PanelQueryKind => {
  const { datasource, hide, refId, ...spec } = sameInBoth<ClassicQuery>(target)
  return {
    kind: 'PanelQuery',
    spec: { refId, hidden: hide ?? false, query: dataQuery(datasource ?? panel, spec) },
  }
}

interface ClassicQuery {
  readonly refId: string
  readonly hide?: boolean
  readonly datasource?: DataSourceRef
}

const transformation = ({ id, ...spec }: v1.DataTransformerConfig): v2.TransformationKind => ({
  kind: 'Transformation',
  group: id,
  spec: sameInBoth(spec),
})

const queryOptions = ({
  cacheTimeout,
  hideTimeOverride,
  interval,
  maxDataPoints,
  queryCachingTTL,
  timeCompare,
  timeFrom,
  timeShift,
}: v1.Panel): v2.QueryOptionsSpec =>
  // Without those that are not set.
  sameInBoth({
    cacheTimeout,
    hideTimeOverride,
    interval,
    maxDataPoints,
    queryCachingTTL,
    timeCompare,
    timeFrom,
    timeShift,
  })
