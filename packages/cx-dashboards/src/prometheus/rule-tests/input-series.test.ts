import { availability, operation } from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exampleEvents } from '../../promql/example-events.ts'
import { inputSeries } from './input-series.ts'
import { each, events, flood, floodAt, type Flow, idle, oneCustomer, traffic } from './lane.ts'

const of = [operation('shop', 'GET', '/orders')]
const [example = { good: [], bad: [] }] = exampleEvents(availability({ of }), 'customer')

const seriesOf = (flows: readonly Flow[], length: number) =>
  inputSeries({ name: 'lane', flows, checks: [] }, example, length)

/** A counter minute by minute, from promtool's `5 7+2x1`, which is 5, 7, 9. */
const samples = (values: string): number[] =>
  values.split(' ').flatMap((part) => {
    const [, start, change = '0', more = '0'] =
      /^(\d[\d.e+-]*?)(?:\+([\d.e+-]+))?(?:x(\d+))?$/.exec(part) ?? []
    return Array.from({ length: Number(more) + 1 }, (_, at) => Number(start) + at * Number(change))
  })

const minutes = fc.integer({ min: 1, max: 100 })
const phase = fc.oneof(
  minutes.map(idle),
  minutes.map(flood),
  fc.tuple(minutes, fc.double({ min: 0, max: 1, noNaN: true })).map((all) => traffic(...all)),
  fc.tuple(minutes, fc.nat(1000), fc.nat(1000)).map((all) => events(...all)),
)

test('counters begin at 0, have a sample each minute, never go down, and count what happened', () => {
  const holds = fc.property(fc.array(phase, { maxLength: 6 }), (phases) => {
    const length = phases.reduce((sum, one) => sum + one.minutes, 5)
    const counters = seriesOf(each(oneCustomer, phases), length).map(({ values }) =>
      samples(values),
    )
    const happened = (['good', 'bad'] as const).map((event) =>
      phases.reduce((sum, one) => sum + one[event] * one.minutes, 0),
    )
    counters.forEach((counter, index) => {
      expect(counter[0]).toBe(0)
      expect(counter).toHaveLength(length + 1)
      expect(counter.toSorted((a, b) => a - b)).toEqual(counter)
      const [is = Number.NaN, should = Number.NaN] = [counter.at(-1), happened[index]]
      expect(Math.abs(is - should)).toBeLessThan(0.1 + should / 1e4)
    })
  })
  fc.assert(holds)
})

test('a former replica has series of its own', () => {
  const flows = [...floodAt(0, 5, oneCustomer), ...each(oneCustomer, [traffic(10, 0.5)])]
  const names = seriesOf(flows, 10).map(({ series }) => series)
  expect(new Set(names).size).toBe(4)
})

test('where nothing ever went well, nothing counts that', () => {
  const flow = { customer: 'alpha', phases: [events(5, 0, 10)], isOnlyBad: true }
  expect(seriesOf([flow], 5)).toEqual([
    expect.objectContaining({
      series: expect.stringContaining('server_error'),
      values: '0 2+2x4',
    }),
  ])
})

test('a series that good and bad events both count in stands there once, and counts both', () => {
  const [good] = example.good
  const both = { good: example.good, bad: good ? [{ ...good }] : [] }
  const flows = each(oneCustomer, [events(2, 4, 6)])
  expect(
    inputSeries({ name: 'lane', flows, checks: [] }, both, 2).map(({ values }) => values),
  ).toEqual(['0 5+5x1'])
})
