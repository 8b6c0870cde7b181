import { requestDuration, requests } from 'cx-definition'
import { expect, test } from 'vitest'
import { createReader } from './reader.ts'
import { createRecorder } from './recorder.ts'

const minute = 60_000
const scrapeInterval = 15_000

/** A recorder on a clock of our own, and scrapers that keep for each series what they saw, as Prometheus does. */
const setUp = ({ limit = 2, pinned = [] as string[], scrapers = 1 } = {}) => {
  let now = 0
  const recorder = createRecorder({
    catalog: { dimension: { name: 'customer', limit, pinned }, durationBounds: [1] },
    now: () => now,
  })
  const readers = Array.from({ length: scrapers }, () => {
    const reader = createReader(recorder.store)
    const last = new Map<string, number>()
    let increase = 0
    let mostLabels = 0
    const scrape = () => {
      const turn = reader.begin()
      const seen = new Map<string, number>()
      for (const series of recorder.store.counters(requests).series) {
        seen.set(String(series.attributes.customer), turn.isHeld(series) ? 0 : series.value)
      }
      turn.done()
      mostLabels = Math.max(mostLabels, seen.size)
      for (const [label, value] of seen) {
        const before = last.get(label)
        // A series that is new counts from what it first shows, one that fell was reset: as increase() has it.
        if (before !== undefined) increase += value < before ? value : value - before
        last.set(label, value)
      }
      for (const label of last.keys()) if (!seen.has(label)) last.delete(label)
    }
    return { scrape, increase: () => increase, mostLabels: () => mostLabels }
  })
  const request = (customer: unknown, times = 1) => {
    for (let index = 0; index < times; index += 1) {
      recorder.recordRequest({
        customer,
        method: 'GET',
        route: '/',
        statusCode: 200,
        durationSeconds: 0.1,
      })
    }
  }
  const pass = (milliseconds: number, everyScrape = () => {}) => {
    for (const end = now + milliseconds; now < end;) {
      now += scrapeInterval
      everyScrape()
      for (const { scrape } of readers) scrape()
    }
  }
  const labels = () => [
    ...new Set(
      [...recorder.store.counters(requests).series].map(({ attributes }) =>
        String(attributes.customer),
      ),
    ),
  ]
  return { labels, pass, readers, recorder, request }
}

test('customers beyond the limit share a label, those before keep theirs', () => {
  const { labels, request } = setUp()
  for (const customer of ['a', 'b', 'c', 'a', 'c']) request(customer)
  expect(labels()).toEqual(['a', 'b', 'other'])
})

test('a pinned customer has a label whatever came before, and takes none of the limit', () => {
  const { labels, request } = setUp({ limit: 1, pinned: ['pinned'] })
  for (const customer of ['a', 'b', 'pinned']) request(customer)
  expect(labels()).toEqual(['a', 'other', 'pinned'])
})

test('with a limit of none, only pinned customers are told apart', () => {
  const { labels, pass, request } = setUp({ limit: 0, pinned: ['pinned'] })
  for (const customer of ['a', 'pinned', 'b']) request(customer, 100)
  pass(30 * minute, () => request('a', 100))
  expect(labels()).toEqual(['other', 'pinned'])
})

test('a customer that has far more traffic takes over the label of the quietest', () => {
  const { labels, pass, request } = setUp()
  request('quiet', 5)
  request('steady', 5)
  pass(30 * minute, () => {
    request('steady', 10)
    request('newcomer', 20)
  })
  expect(labels().toSorted()).toEqual(['newcomer', 'other', 'steady'])
})

test('a label stays for ten minutes at least', () => {
  const { labels, pass, request } = setUp({ limit: 1 })
  request('first')
  pass(9 * minute, () => request('newcomer', 100))
  expect(labels()).toEqual(['first', 'other'])
  pass(3 * minute, () => request('newcomer', 100))
  expect(labels()).toEqual(['other', 'newcomer'])
})

test('labels do not flap between customers of like traffic', () => {
  const { labels, pass, request } = setUp()
  const changes: string[] = []
  pass(300 * minute, () => {
    // Each leads for a while, by less than the advantage that takes a label.
    for (const [index, customer] of ['a', 'b', 'c'].entries())
      request(customer, 10 + ((index * 7 + changes.length) % 5))
    changes.push(labels().toSorted().join())
  })
  expect(new Set(changes.slice(1))).toEqual(new Set(['a,b,other']))
})

test('a stray request does not take a quiet customer’s label', () => {
  const { labels, pass, request } = setUp()
  request('a')
  request('b')
  pass(600 * minute, () => request(`stray-${Math.random()}`))
  expect(labels().toSorted()).toEqual(['a', 'b', 'other'])
})

test.for([1, 2])(
  'sum(increase()) is right through promotions and demotions, for %d scrapers',
  (scrapers) => {
    const { pass, readers, request } = setUp({ limit: 5, scrapers })
    let total = 0
    const count = (customer: string, times: number) => {
      request(customer, times)
      total += times
    }
    for (const customer of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) count(customer, 1)
    let step = 0
    // Every two hours other customers are heavy; all of them stay in the stream.
    pass(24 * 60 * minute, () => {
      step += 1
      const heavy = Math.floor(step / 480) % 4
      for (let index = 0; index < 20; index += 1)
        count(`customer-${index}`, Math.floor(index / 5) === heavy ? 20 : 1)
    })
    // What is counted last is seen after new series were held at 0.
    pass(2 * minute)
    for (const { increase, mostLabels } of readers) {
      expect(increase()).toBe(total)
      expect(mostLabels()).toBeLessThanOrEqual(5 + 3)
    }
  },
)

test('a customer that lost its label leaves no series behind, and starts again at 0', () => {
  const { labels, pass, recorder, request } = setUp({ limit: 1 })
  const valueOf = (customer: string) =>
    [...recorder.store.counters(requests).series].find(
      ({ attributes }) => attributes.customer === customer,
    )?.value
  request('a', 100)
  pass(40 * minute, () => request('b', 50))
  expect(labels().toSorted()).toEqual(['b', 'other'])
  expect(
    [...recorder.store.histograms(requestDuration, []).series].map(
      ({ attributes }) => attributes.customer,
    ),
  ).not.toContain('a')
  pass(120 * minute, () => request('a', 500))
  expect(labels().toSorted()).toEqual(['a', 'other'])
  expect(valueOf('a')).toBeLessThan(480 * 500)
})

test('how many customers have a label is counted', () => {
  const { pass, recorder, request } = setUp({ limit: 3 })
  for (const customer of ['a', 'b', undefined, 'not ok']) request(customer)
  pass(scrapeInterval)
  const gauge = recorder.store.families.find(
    ({ instrument }) => instrument.name === 'cx_customers_tracked',
  )!
  expect([...gauge.series].map((series) => 'value' in series && series.value)).toEqual([2])
})

test('a clock that leaps, either way, breaks nothing', () => {
  let now = 1e12
  const recorder = createRecorder({
    catalog: { dimension: { name: 'customer', limit: 1, pinned: [] }, durationBounds: [1] },
    now: () => now,
  })
  const reader = createReader(recorder.store)
  for (const leap of [0, 1e11, -1e12, 1e15, -1e15, 5]) {
    now += leap
    for (const customer of ['a', 'b']) {
      for (let index = 0; index < 2000; index += 1) {
        recorder.recordRequest({
          customer,
          method: 'GET',
          route: '/',
          statusCode: 200,
          durationSeconds: 0,
        })
      }
    }
    const turn = reader.begin()
    for (const series of recorder.store.counters(requests).series) turn.isHeld(series)
    turn.done()
  }
  const counted = [...recorder.store.counters(requests).series].reduce(
    (sum, { value }) => sum + value,
    0,
  )
  expect(counted).toBeGreaterThan(0)
  expect(Number.isFinite(counted)).toBe(true)
})
