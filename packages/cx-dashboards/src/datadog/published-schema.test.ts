import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { datadogObjects } from './datadog-objects.ts'
import type { DatadogKind } from './datadog-object.ts'
import { sampleContext } from './testing/sample-context.ts'

const models: Readonly<Record<DatadogKind, string>> = {
  slo: 'ServiceLevelObjectiveRequest',
  monitor: 'Monitor',
  dashboard: 'Dashboard',
}

const published: object = JSON.parse(
  readFileSync(new URL('../../fakes/datadog-schema.json', import.meta.url), 'utf8'),
)
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
ajv.addSchema(published, 'datadog')

/** Where an object is not what Datadog publishes of its API. */
const problemsOf = (kind: DatadogKind, json: unknown): readonly string[] => {
  const validate = ajv.getSchema(`datadog#/components/schemas/${models[kind]}`)
  if (!validate) throw new Error(`no schema of ${models[kind]}`)
  void validate(json)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

test.for(
  datadogObjects(sampleContext()).map((each) => [`${each.kind} ${each.name}`, each] as const),
)('%s is what Datadog’s published schema asks for', ([, { json, kind }]) => {
  expect(problemsOf(kind, json)).toEqual([])
})

test('what it does not ask for is noticed', () => {
  const monitor = { type: 'query alert', query: 'a', options: { on_missing_data: 'none' } }
  expect(problemsOf('monitor', monitor)).not.toEqual([])
  expect(problemsOf('monitor', { type: 'rum', query: '' })).not.toEqual([])
  const slo = { type: 'metric', name: 'a', thresholds: [{ timeframe: '28d', target: 99 }] }
  expect(problemsOf('slo', slo)).not.toEqual([])
  expect(problemsOf('dashboard', { title: '', layout_type: 'ordered' })).not.toEqual([])
})
