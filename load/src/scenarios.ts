/**
 * What the traffic is, for both runners. Pure data and plain JavaScript, without Node's or the
 * browser's globals, since k6 loads this file too.
 */
export interface Operation {
  readonly method: 'GET' | 'PUT'
  /** As the service's router writes it. */
  readonly route: string
  /** What the service promises to answer; `500` is promised and still a failure. */
  readonly documentedStatuses: readonly number[]
  /** 95 % of the requests must be answered within this. */
  readonly p95Milliseconds: number
}

/** The rate changes evenly from where the stage before left it. */
export interface Stage {
  readonly seconds: number
  readonly toRequestsPerSecond: number
}

export interface Scenario {
  readonly name: string
  readonly customer: string
  readonly operation: Operation
  readonly fromRequestsPerSecond: number
  readonly stages: readonly Stage[]
}

/** The bounds of a good run, over all scenarios. */
export const thresholds = { failedBelow: 0.05, documentedAbove: 0.99 } as const

const read: Operation = {
  method: 'GET',
  route: '/api/documents/:documentId',
  documentedStatuses: [200, 400, 401, 404, 500],
  p95Milliseconds: 250,
}
const write: Operation = {
  method: 'PUT',
  route: '/api/documents/',
  documentedStatuses: [200, 400, 403, 409, 500],
  p95Milliseconds: 800,
}

const stages = (...pairs: readonly (readonly [seconds: number, rate: number])[]): Stage[] =>
  pairs.map(([seconds, toRequestsPerSecond]) => ({ seconds, toRequestsPerSecond }))

/** Five minutes. Contoso climbs early and peaks late; Fabrikam climbs slowly: two curves to tell apart. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'contoso-reads',
    customer: 'contoso',
    operation: read,
    fromRequestsPerSecond: 2,
    stages: stages([60, 12], [120, 12], [60, 20], [60, 2]),
  },
  {
    name: 'contoso-writes',
    customer: 'contoso',
    operation: write,
    fromRequestsPerSecond: 1,
    stages: stages([60, 3], [120, 3], [60, 5], [60, 1]),
  },
  {
    name: 'fabrikam-reads',
    customer: 'fabrikam',
    operation: read,
    fromRequestsPerSecond: 1,
    stages: stages([120, 4], [90, 12], [60, 12], [30, 1]),
  },
  {
    name: 'fabrikam-writes',
    customer: 'fabrikam',
    operation: write,
    fromRequestsPerSecond: 1,
    stages: stages([150, 2], [60, 3], [90, 1]),
  },
]

/** The same rates in a shorter time: 0.1 makes half a minute of five. */
export const shortened = (factor: number): readonly Scenario[] =>
  scenarios.map((scenario) => ({
    ...scenario,
    stages: scenario.stages.map((stage) => ({ ...stage, seconds: stage.seconds * factor })),
  }))

export const totalSeconds = ({ stages: all }: Scenario): number =>
  all.reduce((sum, { seconds }) => sum + seconds, 0)

export const peakRequestsPerSecond = (scenario: Scenario): number =>
  Math.max(
    scenario.fromRequestsPerSecond,
    ...scenario.stages.map((stage) => stage.toRequestsPerSecond),
  )

export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** A hundred documents, in turn. */
export const requestOf = (
  { customer, operation: { method, route } }: Scenario,
  iteration: number,
): Request => {
  const documentId = `document-${iteration % 100}`
  const writing = method === 'PUT'
  return {
    method,
    path: route.replace(':documentId', documentId),
    headers: {
      'x-app-customer': customer,
      ...(writing ? { 'content-type': 'application/json' } : {}),
    },
    body: writing ? JSON.stringify({ documentId, title: 'Load', content: 'Lorem ipsum' }) : null,
  }
}

/** A documented client error is part of the sample; a server error never is. */
export const expectedStatuses = ({ documentedStatuses }: Operation): number[] =>
  documentedStatuses.filter((status) => status < 500)
