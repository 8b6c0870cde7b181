/** Some at a time, in their order: a server is asked fast, and not flooded. */
export const inParallel = async <T, U>(
  items: readonly T[],
  work: (item: T) => Promise<U>,
  atOnce = 6,
): Promise<U[]> => {
  const results: U[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
