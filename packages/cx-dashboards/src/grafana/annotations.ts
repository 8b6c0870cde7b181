import * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import type { Objective } from 'cx-definition'
import { firing, freshVersions } from '../promql/annotation-queries.ts'
import type { Expression } from '../promql/expression.ts'
import { labels } from '../promql/labels.ts'
import { environmentMatcher } from './environment.ts'
import { colors, datasource } from './house-style.ts'

/** What a dashboard's graphs are marked with. */
export interface Marks {
  /** Services whose new versions are marked; those of all where none are named. */
  readonly services?: readonly string[]
  /** Objectives whose pages and tickets are. */
  readonly objectives?: readonly Objective[]
}

/** @param recorded whether there are rules that alert */
export const annotations = (
  { objectives = [], services = [] }: Marks,
  recorded: boolean,
): sdk.AnnotationQueryBuilder[] => [
  annotation(
    'Deployments',
    colors.neutral,
    freshVersions(services, [environmentMatcher]),
  ).titleFormat(`{{${labels.service}}} {{version}}`),
  ...(recorded
    ? [
        annotation('Pages', colors.bad, firing('page', objectives, [environmentMatcher])),
        annotation('Tickets', colors.warning, firing('ticket', objectives, [environmentMatcher])),
      ].map((each) => each.titleFormat('{{alertname}}').textFormat('{{objective}} {{severity}}'))
    : []),
]

const annotation = (
  name: string,
  color: string,
  { text }: Expression,
): sdk.AnnotationQueryBuilder =>
  new sdk.AnnotationQueryBuilder()
    .name(name)
    .datasource(datasource)
    .enable(true)
    .iconColor(color)
    .expr(text)
    // As often as rules usually look: a firing alert is a region, not a dot for each sample.
    .step('60s')
