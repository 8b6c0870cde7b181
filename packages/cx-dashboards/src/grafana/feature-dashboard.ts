import {
  type Catalog,
  type Feature,
  type Journey,
  type Objective,
  referenceProblems,
  throwIfAny,
} from 'cx-definition'
import { type Dashboard, row, type Row } from './dashboard.ts'
import { graph } from './graph.ts'
import { journeyGraph } from './journey-graph.ts'
import { gridColumns } from './layout.ts'
import { note } from './note.ts'
import { objectiveGraph } from './objective-graph.ts'
import { objectiveTargets } from './objective-targets.ts'
import { objectivesTable } from './objectives-table.ts'
import { type Panel, sizedPanel } from './panel.ts'
import { type WebAppGraph, webAppGraph } from './web-app-graph.ts'

export interface FeatureDashboardOptions extends Pick<Dashboard, 'leadsTo' | 'uid' | 'zoomOutTo'> {
  readonly catalog: Catalog
  readonly feature: Feature
  /** Whether there are rules that keep what objectives stand at, which `alerting` makes. Default: false. */
  readonly objectives?: boolean
}

/**
 * The health of one feature in browsers, journeys and services: what the catalog knows of it, in the order in which
 * one asks. For the team on call, and for who wants to know whether it is used and where people stop.
 */
export const featureDashboard = ({
  catalog,
  feature,
  objectives: recorded = false,
  ...rest
}: FeatureDashboardOptions): Dashboard => {
  const { description, title } = feature
  throwIfAny(referenceProblems('featureDashboard.feature', feature, 'features', catalog.features))
  const journeys = catalog.journeys.filter((journey) => journey.feature === feature)
  const objectives = catalog.objectives.filter((objective) => objective.feature === feature)
  const apps = [...new Set(journeys.map(({ app }) => app))]
  const web = apps.length > 0 ? webAppGraph({ apps }) : undefined
  return {
    ...rest,
    title: `Feature: ${title}`,
    description: description || `How ${title} fares, from the browser to the service.`,
    sessionsOf: apps,
    errorsOf: feature.owner,
    feature,
    owner: feature.owner,
    kind: 'feature',
    marks: { services: servicesOf(feature), objectives },
    rows: [
      row('Health', [
        about(feature, objectives.length > 0 ? aboutWidth : gridColumns),
        ...promises(objectives),
        ...(web ? visits(web, journeys) : []),
      ]),
      ...(recorded && objectives.length > 0
        ? [row('Objectives', [objectivesTable(objectives)({ height: 3 + objectives.length })])]
        : []),
      ...journeys.map(journeyRow),
      ...(web ? webRows(web) : []),
      ...(catalog.apps.length > 0 ? [errorRow(catalog, feature)] : []),
      ...(feature.operations.length > 0 ? [serviceRow(feature, objectives)] : []),
    ],
  }
}

const aboutWidth = 6

const about = ({ description, owner, title }: Feature, width: number): Panel =>
  sizedPanel(
    ({ onCallOf }) => {
      const onCall = onCallOf(owner)
      const reached = onCall === undefined ? '' : ` ([on call](${onCall}))`
      return note(title, [description, `Owner: **${owner.title}**${reached}`].join('\n\n'))
    },
    { width, height: 4 },
  )()

const servicesOf = ({ operations }: Feature): string[] => [
  ...new Set(operations.map(({ service }) => service)),
]

const promises = (objectives: readonly Objective[]): Panel[] => {
  const width = widthOf(objectives.length, aboutWidth)
  return objectives.map((objective) => objectiveGraph({ objective }).standing({ width }))
}

const visits = (web: WebAppGraph, journeys: readonly Journey[]): Panel[] => {
  const [sessions, errors, hit] = [web.sessions(), web.errors(), web.sessionsHit()]
  const width = widthOf(journeys.length, sessions.width + errors.width + hit.width)
  const ends = journeys.map((journey) => {
    const { completion, reached } = journeyGraph({ journey })
    return journey.follows ? reached({ width }) : completion({ width })
  })
  return [sessions, ...ends, errors, hit]
}

/** As many as there are fill what is left of a line, none too small to read its title. */
const widthOf = (count: number, taken: number): number =>
  Math.max(6, Math.floor((gridColumns - taken) / count))

const journeyRow = (journey: Journey): Row => {
  const of = journeyGraph({ journey })
  return row(`Journey: ${journey.title}`, [
    of.funnel(),
    of.steps(),
    of.timeInSteps(),
    of.stepTimeOverTime(),
    of.failuresOverTime(),
    of.journeysOverTime(),
    of.useOverWeeks(),
  ])
}

const webRows = (web: WebAppGraph): Row[] => [
  row('Errors', [
    web.errorsByOwner(),
    web.errorsBySource(),
    web.errorsByOwnerOverTime(),
    web.errorsBySourceOverTime(),
    web.sessionsHitOverTime(),
  ]),
  row('Sessions and web vitals', [web.sessionsOverTime(), web.webVitals()]),
]

/** In every app: a feature may fail in one whose journeys are another's. */
const errorRow = ({ apps }: Catalog, feature: Feature): Row => {
  const of = webAppGraph({ apps, feature })
  return row('Its errors in browsers', [
    of.errors({ width: 6, height: 7 }),
    of.sessionsHit({ width: 6, height: 7 }),
    of.errorsBySource(),
    of.errorsBySourceOverTime({ width: 12 }),
    of.sessionsHitOverTime({ width: 12 }),
  ])
}

const serviceRow = ({ operations }: Feature, objectives: readonly Objective[]): Row => {
  const { failures, targets } = objectiveTargets(objectives, operations)
  const api = graph({ name: 'API', operations, failures, targets })
  // What is promised of all of them together judges none alone.
  const each = graph({ name: 'API', operations, failures })
  return row('API', [
    api.availability({ width: 6 }),
    api.latency('p95', { width: 6 }),
    api.requests({ width: 6 }),
    api.failedRequests({ width: 6 }),
    api.availabilityOverTime(),
    api.latencyOverTime(),
    api.requestsOverTime(),
    api.requestRateOverTime(),
    each.endpoints(),
  ])
}
