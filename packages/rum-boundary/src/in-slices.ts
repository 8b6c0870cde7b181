import { setImmediate } from 'node:timers/promises'

const sliceMs = 10

/** Does work bit by bit, and lets others have their turn in between. */
export const inSlices = async <Result>(work: Iterator<undefined, Result>): Promise<Result> => {
  let since = performance.now()
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    if (performance.now() - since < sliceMs) continue
    await setImmediate()
    since = performance.now()
  }
}
