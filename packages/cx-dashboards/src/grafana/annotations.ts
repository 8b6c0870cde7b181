import type { Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import type { Objective } from 'cx-definition'
import { firing, freshVersions } from '../promql/annotation-queries.ts'
import type { Expression } from '../promql/expression.ts'
import { labels } from '../promql/labels.ts'
import { deploymentTags } from './deployment-tags.ts'
import { environmentMatcher } from './environment.ts'
import { colors, datasource } from './house-style.ts'

/** What a dashboard's graphs are marked with. */
export interface Marks {
  /** Services whose new versions are marked; those of all where none are named. */
  readonly services?: readonly string[]
  /** Objectives whose pages and tickets are. */
  readonly objectives?: readonly Objective[]
}

interface Shown {
  readonly alertsInPrometheus: boolean
  /** Whether tickets are shown at once; they stand for days, and would shade every graph. */
  readonly tickets: boolean
}

export const annotations = (
  { objectives = [], services = [] }: Marks,
  { alertsInPrometheus, tickets }: Shown,
): sdk.AnnotationQueryBuilder[] => [
  annotation(
    'Deployments',
    colors.neutral,
    freshVersions(services, [environmentMatcher]),
  ).titleFormat(`{{${labels.service}}} {{version}}`),
  announced(),
  ...(alertsInPrometheus
    ? [
        annotation('Pages', colors.bad, firing('page', objectives, [environmentMatcher])),
        annotation(
          'Tickets',
          colors.warning,
          firing('ticket', objectives, [environmentMatcher]),
        ).enable(tickets),
      ].map((each) => each.titleFormat('{{alertname}}').textFormat('{{objective}} {{severity}}'))
    : []),
]

const mark = (name: string, color: string): sdk.AnnotationQueryBuilder =>
  new sdk.AnnotationQueryBuilder().name(name).enable(true).iconColor(color)

const annotation = (
  name: string,
  color: string,
  { text }: Expression,
): sdk.AnnotationQueryBuilder =>
  mark(name, color)
    .datasource(datasource)
    .expr(text)
    // As often as rules usually look: a firing alert is a region, not a dot for each sample.
    .step('60s')

/** Those that somebody told Grafana of, which keeps them itself: a service that tells no version can be marked as well. */
const announced = (): sdk.AnnotationQueryBuilder =>
  mark('Announced deployments', colors.third)
    .datasource({ type: 'grafana', uid: '-- Grafana --' })
    .target({ build: taggedDeployments })

/** The SDK has no query of Grafana's own store; the function is how it knows one from another. */
const taggedDeployments = (): Dataquery & sdk.AnnotationTarget => ({
  type: 'tags',
  tags: [...deploymentTags],
  matchAny: false,
  limit: 100,
  _implementsDataqueryVariant: () => {},
})
