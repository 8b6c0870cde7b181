/**
 * The values that come most often in a stream, in a bounded space: Space-Saving, after Metwally, Agrawal
 * and El Abbadi, "Efficient computation of frequent and top-k elements in data streams" (2005).
 * With weights that grow over time it counts recent values for more (forward decay).
 */
export interface HeavyHitters {
  add(value: string, weight: number): void
  /** The values that surely weighed more than `least`, heaviest first. */
  heavierThan(least: number): readonly HeavyHitter[]
  remove(value: string): void
  /** Multiplies every weight, to keep growing weights from overflowing. */
  scale(factor: number): void
}

export interface HeavyHitter {
  readonly value: string
  /** What the value weighed for sure: never more than the truth. */
  readonly atLeast: number
}

interface Counter {
  value: string
  weight: number
  /** What the counter had already when this value took it over. */
  inherited: number
  position: number
}

export const createHeavyHitters = (capacity: number): HeavyHitters => {
  const counters = new Map<string, Counter>()
  // A binary heap, lightest first: the counter that a new value takes over.
  const heap: Counter[] = []

  const place = (counter: Counter, position: number): void => {
    heap[position] = counter
    counter.position = position
  }

  const sink = (counter: Counter): void => {
    let { position } = counter
    for (;;) {
      let child = 2 * position + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]!.weight < heap[child]!.weight) child += 1
      if (heap[child]!.weight >= counter.weight) break
      place(heap[child]!, position)
      position = child
    }
    place(counter, position)
  }

  const rise = (counter: Counter): void => {
    let { position } = counter
    while (position > 0) {
      const parent = (position - 1) >> 1
      if (heap[parent]!.weight <= counter.weight) break
      place(heap[parent]!, position)
      position = parent
    }
    place(counter, position)
  }

  const takeOver = (value: string, weight: number): void => {
    const lightest = heap[0]!
    counters.delete(lightest.value)
    lightest.value = value
    lightest.inherited = lightest.weight
    lightest.weight += weight
    counters.set(value, lightest)
    sink(lightest)
  }

  return {
    add: (value, weight) => {
      const known = counters.get(value)
      if (known) {
        known.weight += weight
        sink(known)
      } else if (heap.length < capacity) {
        const counter = { value, weight, inherited: 0, position: heap.length }
        counters.set(value, counter)
        heap.push(counter)
        rise(counter)
      } else {
        takeOver(value, weight)
      }
    },
    heavierThan: (least) =>
      heap
        .map(({ inherited, value, weight }) => ({ value, atLeast: weight - inherited }))
        .filter(({ atLeast }) => atLeast > least)
        .toSorted((a, b) => b.atLeast - a.atLeast),
    remove: (value) => {
      const counter = counters.get(value)
      if (!counter) return
      counters.delete(value)
      const last = heap.pop()!
      if (last === counter) return
      place(last, counter.position)
      sink(last)
      rise(last)
    },
    scale: (factor) => {
      for (const counter of heap) {
        counter.weight *= factor
        counter.inherited *= factor
      }
    },
  }
}
