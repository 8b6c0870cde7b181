/** The least that recording a histogram by five label values can be: nested maps and a typed array. */
export const createPrototype = (bounds: readonly number[]) => {
  type Level = Map<string, Level | Float64Array>
  const root: Level = new Map()
  const size = bounds.length + 2

  return (a: string, b: string, c: string, d: string, e: string, value: number): void => {
    let level = root
    for (const label of [a, b, c, d]) {
      let next = level.get(label) as Level | undefined
      if (next === undefined) level.set(label, (next = new Map()))
      level = next
    }
    let series = level.get(e) as Float64Array | undefined
    if (series === undefined) level.set(e, (series = new Float64Array(size)))
    let bucket = 0
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1
    series[bucket] = (series[bucket] as number) + 1
    series[size - 1] = (series[size - 1] as number) + value
  }
}
