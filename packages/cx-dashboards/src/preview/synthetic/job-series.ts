import {
  attributes,
  type Catalog,
  dimensionAttribute,
  jobDuration,
  jobs as jobsInstrument,
  type Outcome,
  placeholders,
} from 'cx-definition'
import { labelName } from '../../promql/labels.ts'
import { instanceOf } from './api-series.ts'
import { histogramSeries } from './histogram-series.ts'
import type { MadeSeries } from './made-series.ts'

const runsPerSecond = 0.02

const shares: readonly (readonly [Outcome, number])[] = [
  ['success', 0.97],
  ['server_error', 0.03],
]

/** What services do in the background, for no customer; the later a job stands in the catalog, the longer it takes. */
export const jobSeries = ({
  dimension,
  durationBounds,
  services,
}: Pick<Catalog, 'dimension' | 'durationBounds' | 'services'>): readonly MadeSeries[] =>
  services.flatMap(({ jobs, name: service }) =>
    jobs.flatMap((job, index) =>
      shares.flatMap(([outcome, share]) => {
        const base = {
          labels: {
            ...instanceOf(service),
            [labelName(dimensionAttribute, dimension.name)]: placeholders.missing,
            [labelName(attributes.jobName, '')]: job,
            [labelName(attributes.outcome, '')]: outcome,
          },
          perSecond: runsPerSecond,
          share,
          flow: job,
        }
        const runs: MadeSeries = {
          ...base,
          name: jobsInstrument.name,
          kind: 'counter',
          spells: [],
          isWhole: true,
        }
        const taken = { medianSeconds: 1.5 * (index + 1) }
        return [
          runs,
          ...histogramSeries({ ...base, name: jobDuration.name }, durationBounds, taken, []),
        ]
      }),
    ),
  )
