import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { DataPointType, MeterProvider, type MetricData } from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { createProducer } from './producer.ts'
import { createRecorder } from './recorder.ts'
import { createSeriesStore, type SeriesStore } from './series-store.ts'

const catalog = {
  dimension: { name: 'tenant', limit: 100, pinned: [] },
  durationBounds: [0.1, 0.3],
}

const setUp = () => {
  let now = 1_000_000
  const recorder = createRecorder({
    catalog,
    build: { version: '1.2.3', commit: 'abc' },
    now: () => now,
  })
  const producer = createProducer(recorder.store)
  const collect = async (): Promise<Map<string, MetricData>> => {
    now += 15_000
    const { resourceMetrics } = await producer.collect()
    return new Map(
      resourceMetrics.scopeMetrics[0]!.metrics.map((metric) => [metric.descriptor.name, metric]),
    )
  }
  const request = (statusCode = 200) =>
    recorder.recordRequest({
      customer: 'contoso',
      method: 'GET',
      route: '/',
      statusCode,
      durationSeconds: 0.2,
    })
  return { collect, producer, recorder, request }
}

test('an idle service shows its build, that it tracks nobody, and nothing else', async () => {
  const metrics = await setUp().collect()
  expect([...metrics.keys()]).toEqual(['cx_build_info', 'cx_customers_tracked'])
  expect(metrics.get('cx_build_info')!.dataPoints).toMatchObject([
    { attributes: { version: '1.2.3', commit: 'abc' }, value: 1 },
  ])
})

test('counters and histograms carry the contract’s attributes, under the catalog’s dimension', async () => {
  const { collect, producer, request } = setUp()
  request()
  producer.release()
  const metrics = await collect()
  expect(metrics.get('cx_requests_total')).toMatchObject({
    dataPointType: DataPointType.SUM,
    isMonotonic: true,
    dataPoints: [
      {
        value: 1,
        attributes: {
          tenant: 'contoso',
          'http.request.method': 'GET',
          'http.route': '/',
          'http.response.status_code': 200,
          outcome: 'success',
        },
      },
    ],
  })
  expect(metrics.get('cx_request_duration_seconds')!.dataPoints).toMatchObject([
    {
      attributes: {
        tenant: 'contoso',
        'http.request.method': 'GET',
        'http.route': '/',
        outcome: 'success',
      },
      value: { count: 1, sum: 0.2, buckets: { boundaries: [0.1, 0.3], counts: [0, 1, 0] } },
    },
  ])
})

test('a new series stands at 0, buckets and sum too, until it was seen there', async () => {
  const { collect, request } = setUp()
  await collect()
  await collect()
  request(500)
  const values = []
  for (let scrapes = 0; scrapes < 3; scrapes += 1) {
    const metrics = await collect()
    const { value } = metrics.get('cx_request_duration_seconds')!.dataPoints[0] as { value: object }
    values.push([metrics.get('cx_requests_total')!.dataPoints[0]!.value, value])
  }
  const buckets = (counts: number[]) => ({ boundaries: [0.1, 0.3], counts })
  expect(values).toEqual([
    [0, { buckets: buckets([0, 0, 0]), count: 0, sum: 0 }],
    [0, { buckets: buckets([0, 0, 0]), count: 0, sum: 0 }],
    [1, { buckets: buckets([0, 1, 0]), count: 1, sum: 0.2 }],
  ])
})

test('what two readers have seen is each reader’s own', async () => {
  const { producer, recorder, request } = setUp()
  const late = createProducer(recorder.store)
  request()
  producer.release()
  const value = async (of: typeof late) =>
    (await of.collect()).resourceMetrics.scopeMetrics[0]!.metrics[0]!.dataPoints[0]!.value
  expect(await value(producer)).toBe(1)
  expect(await value(late)).toBe(0)
})

test('a broken store leaves an error and no rejection, which would empty the page of exporter-prometheus', async () => {
  const broken: SeriesStore = {
    ...createSeriesStore({ dimensionName: 'customer' }),
    get families(): never {
      throw new Error('broken')
    },
  }
  const { errors, resourceMetrics } = await createProducer(broken).collect()
  expect(errors).toHaveLength(1)
  expect(resourceMetrics.scopeMetrics[0]!.metrics).toEqual([])
})

test('exporter-prometheus prints the contract’s names and labels', async () => {
  const { producer, request } = setUp()
  request()
  producer.release()
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    metricProducers: [producer],
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  })
  const provider = new MeterProvider({ readers: [exporter] })
  const page = await exposition(exporter)
  await provider.shutdown()
  expect(page.replaceAll(/(sum\{.*\}) .*/g, '$1 0.2')).toMatchInlineSnapshot(`
    "# HELP cx_requests_total Requests answered, by customer, operation and outcome.
    # UNIT cx_requests_total {request}
    # TYPE cx_requests_total counter
    cx_requests_total{tenant="contoso",http_request_method="GET",http_route="/",http_response_status_code="200",outcome="success"} 1
    # HELP cx_request_duration_seconds Time from the first byte of a request to the last of its response.
    # UNIT cx_request_duration_seconds s
    # TYPE cx_request_duration_seconds histogram
    cx_request_duration_seconds_count{tenant="contoso",http_request_method="GET",http_route="/",outcome="success"} 1
    cx_request_duration_seconds_sum{tenant="contoso",http_request_method="GET",http_route="/",outcome="success"} 0.2
    cx_request_duration_seconds_bucket{tenant="contoso",http_request_method="GET",http_route="/",outcome="success",le="0.1"} 0
    cx_request_duration_seconds_bucket{tenant="contoso",http_request_method="GET",http_route="/",outcome="success",le="0.3"} 1
    cx_request_duration_seconds_bucket{tenant="contoso",http_request_method="GET",http_route="/",outcome="success",le="+Inf"} 1
    # HELP cx_build_info Always 1; its labels tell which version of the service runs.
    # TYPE cx_build_info gauge
    cx_build_info{version="1.2.3",commit="abc"} 1
    # HELP cx_customers_tracked How many customers have a label of their own; the rest are counted as other.
    # TYPE cx_customers_tracked gauge
    cx_customers_tracked 1
    "
  `)
})

const exposition = (exporter: PrometheusExporter): Promise<string> =>
  new Promise((resolve) => {
    const response = { setHeader: () => {}, end: resolve }
    exporter.getMetricsRequestHandler(undefined as never, response as never)
  })
