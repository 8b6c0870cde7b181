import { setImmediate as nextTurn } from 'node:timers/promises'
import { requests } from 'cx-definition'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import cxMetrics from './fastify.ts'
import { createReader } from './reader.ts'
import { createRecorder } from './recorder.ts'

const customers = 1_000_000
const total = 5_000_000
const limit = 100
const pinned = ['pinned-1', 'pinned-2']
const scrapeMilliseconds = 15_000
const hours = 10
const perScrape = Math.round((total * scrapeMilliseconds) / (hours * 3_600_000))

/** Mulberry32. */
const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

/** Ranks from 0, by Zipf's law. */
const zipf = (s: number, random: () => number) => {
  const cumulative = new Float64Array(customers)
  let sum = 0
  for (let rank = 0; rank < customers; rank += 1) cumulative[rank] = sum += (rank + 1) ** -s
  return (): number => {
    const target = random() * sum
    let low = 0
    let high = customers - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cumulative[middle] as number) < target) low = middle + 1
      else high = middle
    }
    return low
  }
}

const heapUsed = (): number => {
  globalThis.gc!()
  return process.memoryUsage().heapUsed
}

/** Scrapes as Prometheus does, and adds up what increase() would. */
const scraper = (store: ReturnType<typeof createRecorder>['store']) => {
  const reader = createReader(store)
  let last = new Map<string, number>()
  let increase = 0
  const scrape = () => {
    const turn = reader.begin()
    const seen = new Map<string, number>()
    for (const series of store.counters(requests).series) {
      seen.set(String(series.attributes.customer), turn.isHeld(series) ? 0 : series.value)
    }
    turn.done()
    for (const [label, value] of seen) {
      const before = last.get(label)
      if (before !== undefined) increase += value < before ? value : value - before
    }
    last = seen
    return seen
  }
  return { scrape, increase: () => increase }
}

test.for([
  ['the same customers are heavy throughout', () => 0],
  ['others are heavy each hour', (hour: number) => hour * 1000],
] as const)(
  'a million customers, where %s, leave the heap flat and the counts right',
  async ([, shift]) => {
    let now = 0
    const recorder = createRecorder({
      catalog: { dimension: { name: 'customer', limit, pinned }, durationBounds: [0.1, 1] },
      now: () => now,
    })
    const app = Fastify()
    await app.register(cxMetrics, {
      recorder,
      customer: (request) => request.headers['x-app-customer'],
    })
    app.get('/', async () => ({}))
    const random = seeded(1)
    const nextRank = zipf(1.1, random)
    const { increase, scrape } = scraper(recorder.store)
    const send = (customer: string) =>
      app.inject({ url: '/', headers: { 'x-app-customer': customer } })

    for (let index = 0; index < 2000; index += 1) {
      await send(pinned[index % 2] as string)
      if (index % 100 === 0) await nextTurn()
    }
    const before = heapUsed()
    let sent = 2000
    let lastCounted = 0
    const inHour = new Map<string, number>()
    for (let hour = 0; hour < hours; hour += 1) {
      inHour.clear()
      for (let end = now + 3_600_000; now < end;) {
        now += scrapeMilliseconds
        const batch: Promise<unknown>[] = []
        for (let index = 0; index < perScrape; index += 1) {
          const customer = `customer-${(nextRank() + shift(hour)) % customers}`
          inHour.set(customer, (inHour.get(customer) ?? 0) + 1)
          batch.push(send(customer))
          if (batch.length < 100) continue
          await Promise.all(batch.splice(0))
          // What a response leaves behind is cleared away in a turn of the event loop.
          await nextTurn()
        }
        await Promise.all(batch)
        sent += perScrape
        const labels = scrape()
        expect(labels.size).toBeLessThanOrEqual(limit + pinned.length + 3)
      }
      const heaviest = [...inHour].toSorted((a, b) => b[1] - a[1]).slice(0, 10)
      const labels = scrape()
      for (const [customer] of heaviest) expect([...labels.keys()]).toContain(customer)
      lastCounted = heaviest[0]![1]
    }
    inHour.clear()
    for (let quiet = 0; quiet < 4; quiet += 1) {
      now += scrapeMilliseconds
      scrape()
    }
    const growth = (heapUsed() - before) / 2 ** 20
    console.log(
      `${sent} requests, ${increase()} counted, heap grew by ${growth.toFixed(1)} MiB, the heaviest of the last hour had ${lastCounted}`,
    )
    expect(growth).toBeLessThan(20)
    expect(increase()).toBe(sent)
    await app.close()
  },
)
