import { spawnSync } from 'node:child_process'
import { buildInfo, type Instrument, requestDuration, requests } from 'cx-definition'
import { expect, inject, test } from 'vitest'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { labelSets, query } from './prometheus.ts'

const always = ['__name__', 'deployment_environment_name', 'instance', 'job', 'service_name']

const labelsOf = ({ attributes }: Instrument): string[] =>
  attributes.map((attribute) =>
    attribute === 'cx.dimension' ? 'customer' : attribute.replaceAll('.', '_'),
  )

test.for([
  [requests.name, labelsOf(requests)],
  [`${requestDuration.name}_count`, labelsOf(requestDuration)],
  [`${requestDuration.name}_bucket`, [...labelsOf(requestDuration), 'le']],
  [buildInfo.name, labelsOf(buildInfo)],
] as const)('%s carries exactly the labels of the contract', async ([name, labels]) => {
  const sets = await labelSets(name)
  expect(sets).not.toEqual([])
  for (const found of sets)
    expect(Object.keys(found).toSorted()).toEqual([...always, ...labels].toSorted())
})

test('both customers, both operations and every outcome of the traffic arrived', async () => {
  const values = async (label: string) =>
    (await query(`count by (${label}) (cx_requests_total)`)).map(({ metric }) => metric[label])
  expect(await values('customer')).toEqual(expect.arrayContaining(['contoso', 'fabrikam']))
  expect(await values('http_route')).toEqual(
    expect.arrayContaining(['/api/documents/', '/api/documents/:documentId']),
  )
  expect(await values('outcome')).toEqual(expect.arrayContaining(['success', 'server_error']))
})

test('counter and histogram tell of the same requests', async () => {
  const [counted] = await query('sum(cx_requests_total)')
  const [timed] = await query('sum(cx_request_duration_seconds_count)')
  expect(Number(counted!.value[1])).toBeGreaterThan(100)
  expect(timed!.value[1]).toBe(counted!.value[1])
})

test('the declared thresholds are bucket bounds', async () => {
  const bounds = (await query('count by (le) (cx_request_duration_seconds_bucket)')).map(
    ({ metric }) => metric.le,
  )
  expect(bounds).toEqual(expect.arrayContaining(['0.2', '0.6', '+Inf']))
})

test('promtool has nothing to say about the exposition', async () => {
  const page = await (await fetch(inject('urls').metrics)).text()
  const { promtool } = findPrometheus(() => {})
  const { status, stderr, stdout } = spawnSync(promtool, ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  })
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' })
})
