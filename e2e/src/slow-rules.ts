import { setTimeout as sleep } from 'node:timers/promises'

/** A time limit that lets the slow groups have their turn: they are evaluated every two minutes. */
export const slowRules = { timeout: 200_000 }

/** Of some queries, those that find nothing, asked until the slow groups have had their turn. */
export const stillEmpty = async <Query>(
  queries: readonly Query[],
  isEmpty: (query: Query) => Promise<boolean>,
): Promise<readonly Query[]> => {
  const end = Date.now() + slowRules.timeout - 20_000
  let left = queries
  for (;;) {
    const empty = await Promise.all(left.map(isEmpty))
    left = left.filter((_, index) => empty[index])
    if (left.length === 0 || Date.now() > end) return left
    await sleep(2000)
  }
}
