import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common'
import type { DataQueryKind } from '@grafana/grafana-foundation-sdk/dashboardv2'

/** A query of a kind of data source, asked of one of them; a data source goes by its uid, called name there. */
export const dataQuery = (datasource: DataSourceRef | undefined, spec: object): DataQueryKind => ({
  kind: 'DataQuery',
  group: datasource?.type ?? '',
  version: 'v0',
  ...(datasource?.uid === undefined ? {} : { datasource: { name: datasource.uid } }),
  spec,
})
