import { buildApp } from './app.ts'

/** Mulberry32: small, well spread, and the same numbers on every run. */
const seededRandom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

/** The real app; it notes how long it would have slept instead of sleeping. */
export const appWithoutWaiting = async (random: () => number = seededRandom(1)) => {
  const sleptMilliseconds: number[] = []
  const sleep = async (milliseconds: number) => sleptMilliseconds.push(milliseconds)
  return { app: await buildApp({ random, sleep }), sleptMilliseconds }
}

export const validDocument = { documentId: 'a-1', title: 'Offer', content: 'Dear customer' }
