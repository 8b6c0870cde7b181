import { buildDashboards, defineDashboards, objectiveGraph, row } from 'cx-dashboards'
import {
  always,
  availability,
  catalog,
  counter,
  days,
  feature,
  histogram,
  httpServerRequestDuration,
  type Indicator,
  type InstrumentLabels,
  latency,
  milliseconds,
  objective,
  owner,
  percent,
  ratio,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { type Naming, startInstrumentedService } from './instrumented-service.ts'
import { startPrometheus } from './own-prometheus.ts'

const conventional = {
  method: 'http_request_method',
  route: 'http_route',
  statusCode: 'http_response_status_code',
}
const short = { method: 'verb', route: 'path', statusCode: 'code' }

/** The same service, as three teams might have instrumented it. */
const namings: Readonly<Record<string, readonly [Naming, InstrumentLabels]>> = {
  conventional: [
    {
      ...conventional,
      always: { service_name: 'conventional', deployment_environment_name: 'production' },
    },
    httpServerRequestDuration.labels,
  ],
  renamed: [
    { ...short, always: { env: 'production' } },
    { ...short, service: 'job', environment: 'env' },
  ],
  constant: [
    { ...short, always: {} },
    { ...short, service: 'job', environment: always('production') },
  ],
}

/** What each service did, and what its objectives must show. */
const traffic = { 1: 80, slow: 10, missing: 4, broken: 6 }
const expected = [0.94, 0.9, 80 / 90, 0.94, 0.94]

const indicatorsOf = (service: string, labels: InstrumentLabels): readonly Indicator[] => {
  const of = [{ service, method: 'GET', route: 'invoices/{id}' } as const]
  const from = histogram({ ...httpServerRequestDuration, labels })
  const { environment } = labels
  const invoices = counter({
    name: 'invoices_total',
    labels: { service: labels.service, environment },
  })
  const having = (result: string) => ({
    from: invoices,
    of: [{ service }],
    where: [{ label: 'result', startsWithAnyOf: [result] }],
  })
  const description = 'invoices sent'
  return [
    availability({ of, from }),
    availability({ of, from, failures: 'all_errors' }),
    latency({ of, from, within: milliseconds(500) }),
    ratio({ description, good: having('sent'), bad: having('lost') }),
    ratio({ description, bad: having('lost'), total: { from: invoices, of: [{ service }] } }),
  ]
}

const platform = owner('platform')
const invoicing = feature('invoicing', { owner: platform })
const objectives = Object.entries(namings).flatMap(([service, [, labels]]) =>
  indicatorsOf(service, labels).map((indicator, index) =>
    objective(`${service}-${index}`, {
      feature: invoicing,
      indicator,
      target: percent(99),
      window: days(30),
    }),
  ),
)

const [{ json }] = buildDashboards(
  defineDashboards({
    catalog: catalog({ owners: [platform], features: [invoicing], objectives }),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [
      {
        uid: 'one',
        title: 'One',
        description: 'Of this test',
        rows: [
          row(
            'Row',
            objectives.map((each) => objectiveGraph({ objective: each }).standing()),
          ),
        ],
      },
    ],
  }),
) as [ReturnType<typeof buildDashboards>[number]]

const panels = json.panels as unknown as readonly {
  readonly title: string
  readonly targets?: readonly { readonly expr: string }[]
}[]

const send = async (url: string, many: Readonly<Record<string, number>>): Promise<void> => {
  for (const [id, count] of Object.entries(many)) {
    const requests = Array.from({ length: count }, () => fetch(`${url}/invoices/${id}`))
    for (const response of await Promise.all(requests)) await response.arrayBuffer()
  }
}

interface Found {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [number, string]
}

const ask = async (prometheus: string, query: string): Promise<readonly Found[]> => {
  const response = await fetch(`${prometheus}/api/v1/query?${new URLSearchParams({ query })}`)
  const answer = (await response.json()) as { error?: string; data?: { result: readonly Found[] } }
  if (!answer.data) throw new Error(`${answer.error}: ${query}`)
  return answer.data.result
}

/** So many more pages of each service, whole, so that both ends of an increase are known. */
const scraped = async (prometheus: string, more: number): Promise<void> => {
  const counts = async () =>
    (await ask(prometheus, 'sum by (job) (count_over_time(up[10m]))')).map(({ value }) =>
      Number(value[1]),
    )
  const before = Math.max(0, ...(await counts()))
  const least = async () => {
    const now = await counts()
    return now.length === Object.keys(namings).length ? Math.min(...now) : 0
  }
  await expect.poll(least, { timeout: 30_000, interval: 250 }).toBeGreaterThanOrEqual(before + more)
}

/** What each objective's panel shows in an environment. */
const shown = (prometheus: string, environment: string) =>
  Promise.all(
    panels.flatMap(({ targets = [], title }) =>
      targets.map(async ({ expr }) => {
        const query = expr.replaceAll('$__range', '5m').replaceAll('$environment', environment)
        const found = await ask(prometheus, query)
        return [title, ...found.map(({ value }) => Number(value[1]))] as const
      }),
    ),
  )

test('services that have metrics of their own join with the objectives, whatever they call their labels', async () => {
  const urls: Record<string, string> = {}
  for (const [service, [naming]] of Object.entries(namings)) {
    urls[service] = await startInstrumentedService(naming)
    // A series that begins with its first request has not grown by it; and where it begins low, Prometheus takes it
    // to have begun at 0 and extrapolates less.
    await send(urls[service], { 1: 50, slow: 50, missing: 50, broken: 50 })
  }
  const prometheus = await startPrometheus(urls)
  await scraped(prometheus, 3)
  for (const url of Object.values(urls)) await send(url, traffic)
  await scraped(prometheus, 3)

  const figures = await shown(prometheus, 'production')
  const wanted = Object.keys(namings).flatMap((service) =>
    expected.map((value, index) => [`${service}-${index}`, expect.closeTo(value, 3)]),
  )
  expect(figures).toEqual(wanted)
  // Another environment has none of it, be it told by a label or not.
  expect((await shown(prometheus, 'staging')).every((found) => found.length === 1)).toBe(true)

  const choices = json.templating?.list?.find(({ name }) => name === 'environment')
  const [, query = ''] = /^query_result\((.*)\)$/.exec(String(choices?.query)) ?? []
  const told = (await ask(prometheus, query)).map(({ metric }) => seriesText(metric))
  const pattern = new RegExp(String(choices?.regex).slice(1, -1))
  expect(told.flatMap((each) => pattern.exec(each)?.[1] ?? [])).toEqual(['production'])
}, 60_000)

/** As Grafana writes a series before it takes a choice from it. */
const seriesText = (metric: Found['metric']): string =>
  `{${Object.entries(metric)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`
