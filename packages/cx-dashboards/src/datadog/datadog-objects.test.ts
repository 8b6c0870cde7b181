import { expect, test } from 'vitest'
import { sampleContext } from './testing/sample-context.ts'
import { datadogObjects } from './datadog-objects.ts'
import { roundTrip } from './testing/round-trip.ts'

test.for(
  datadogObjects(sampleContext()).map((each) => [`${each.kind} ${each.name}`, each] as const),
)('Datadog’s own model knows all of %s', ([, object]) => {
  const { json, unknown } = roundTrip(object)
  expect(unknown).toEqual([])
  expect(json).toEqual(object.json)
})

test('what the model does not know is noticed', () => {
  const widget = { definition: { type: 'note', content: '', colour: 'red' } }
  const json = { title: '', layout_type: 'ordered', widgets: [widget], other: 1 }
  expect(roundTrip({ kind: 'dashboard', json }).unknown).not.toEqual([])
  expect(roundTrip({ kind: 'monitor', json: { type: 'rum', query: '' } }).unknown).not.toEqual([])
})
