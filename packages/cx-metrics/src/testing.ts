import {
  attributes,
  catalog as createCatalog,
  jobDuration,
  jobs,
  type Outcome,
  requestDuration,
  requests,
} from 'cx-definition'
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts'
import type { SeriesAttributes } from './series-store.ts'

/** Jobs of one customer, name and outcome. */
export interface RecordedJobs {
  /** The label: the customer, or `none`, `invalid`, `other`. */
  readonly customer: string
  readonly name: string
  readonly outcome: Outcome
  readonly count: number
}

/** Requests of one customer, operation, status and outcome. */
export interface RecordedRequests {
  /** The label: the customer, or `none`, `invalid`, `other`. */
  readonly customer: string
  readonly method: string
  readonly route: string
  readonly statusCode: number
  readonly outcome: Outcome
  readonly count: number
}

/** Times are kept by outcome and not by status code. Those that are no number of seconds are not counted. */
export type RecordedRequestTimes = Omit<RecordedRequests, 'statusCode'> & {
  readonly sumSeconds: number
}

export type RecordedJobTimes = RecordedJobs & { readonly sumSeconds: number }

/** A recorder, and what was recorded by it. */
export interface TestRecorder {
  readonly recorder: Recorder
  /** What was recorded so far, in the order of its first record. */
  requests(): RecordedRequests[]
  requestTimes(): RecordedRequestTimes[]
  jobs(): RecordedJobs[]
  jobTimes(): RecordedJobTimes[]
}

/**
 * A recorder to hand to a plugin in your own tests, and what it recorded as plain data. A request counts once its
 * response is finished, which the client may see a moment earlier: poll, as in vitest
 *
 * ```ts
 * const { recorder, requests } = createTestRecorder()
 * app.use(cxMetrics({ recorder, customer: (request) => request.headers['x-customer'] }))
 * await fetch(`${url}/documents/1`, { headers: { 'x-customer': 'contoso' } })
 * await expect.poll(requests).toMatchObject([{ customer: 'contoso', route: '/documents/:id', count: 1 }])
 * ```
 *
 * @param catalog yours, where its dimension or its bounds matter
 */
export const createTestRecorder = (
  catalog: RecorderOptions['catalog'] = createCatalog({ owners: [], features: [] }),
): TestRecorder => {
  const recorder = createRecorder({ catalog })
  const { store } = recorder
  const customerOf = (labels: SeriesAttributes) => String(labels[catalog.dimension.name])
  const request = (labels: SeriesAttributes) => ({
    customer: customerOf(labels),
    method: String(labels[attributes.method]),
    route: String(labels[attributes.route]),
    outcome: labels[attributes.outcome] as Outcome,
  })
  const job = (labels: SeriesAttributes) => ({
    customer: customerOf(labels),
    name: String(labels[attributes.jobName]),
    outcome: labels[attributes.outcome] as Outcome,
  })
  const time = ({ counts, sum }: { readonly counts: Iterable<number>; readonly sum: number }) => ({
    count: [...counts].reduce((total, each) => total + each, 0),
    sumSeconds: sum,
  })
  return {
    recorder,
    requests: () =>
      [...store.counters(requests).series].map(({ attributes: labels, value }) => ({
        ...request(labels),
        statusCode: Number(labels[attributes.statusCode]),
        count: value,
      })),
    requestTimes: () =>
      [...store.histograms(requestDuration, catalog.durationBounds).series].map((series) => ({
        ...request(series.attributes),
        ...time(series),
      })),
    jobs: () =>
      [...store.counters(jobs).series].map(({ attributes: labels, value }) => ({
        ...job(labels),
        count: value,
      })),
    jobTimes: () =>
      [...store.histograms(jobDuration, catalog.durationBounds).series].map((series) => ({
        ...job(series.attributes),
        ...time(series),
      })),
  }
}
