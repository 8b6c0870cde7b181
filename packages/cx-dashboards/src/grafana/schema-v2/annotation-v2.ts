import type * as v1 from '@grafana/grafana-foundation-sdk/dashboard'
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import { dataQuery } from './data-query.ts'
import { sameInBoth } from './same-in-both.ts'

/** The classic schema keeps what Prometheus is asked beside the rest, where its data source still looks for it. */
export const annotationV2 = (annotation: v1.AnnotationQuery): v2.AnnotationQueryKind => {
  const {
    builtIn,
    datasource,
    enable,
    filter,
    hide,
    iconColor,
    mappings,
    name,
    placement,
    target,
    ...others
  } = annotation
  const { expr, step } = others
  const asked = expr === undefined ? {} : { refId: 'Anno', expr, interval: step ?? '' }
  return {
    kind: 'AnnotationQuery',
    spec: {
      name,
      enable,
      hide: hide ?? false,
      iconColor,
      ...(placement ? { placement: v2.AnnotationQueryPlacement.InControlsMenu } : {}),
      ...(builtIn === undefined ? {} : { builtIn: builtIn !== 0 }),
      ...(filter ? { filter: sameInBoth(filter) } : {}),
      ...(mappings ? { mappings: sameInBoth(mappings) } : {}),
      query: dataQuery(datasource, sameInBoth<object>(target ?? asked)),
      ...(Object.keys(others).length > 0 ? { legacyOptions: sameInBoth(others) } : {}),
    },
  }
}
