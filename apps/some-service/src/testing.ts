import type { FastifyInstance } from 'fastify'
import { type AppOptions, buildApp } from './app.ts'

/** Mulberry32: small, well spread, and the same numbers on every run. */
const seededRandom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

/** The real app; it notes how long it would have slept instead of sleeping. */
export const appWithoutWaiting = async (
  random: () => number = seededRandom(1),
  options: Pick<AppOptions, 'logger' | 'now'> = {},
) => {
  const sleptMilliseconds: number[] = []
  const sleep = async (milliseconds: number) => sleptMilliseconds.push(milliseconds)
  return { app: await buildApp({ ...options, random, sleep }), sleptMilliseconds }
}

export const validDocument = { documentId: 'a-1', title: 'Offer', content: 'Dear customer' }

/** A browser as far as the API can tell: it keeps the cookies that it was given. */
export const asBrowser = (app: FastifyInstance) => {
  const cookies: Record<string, string> = {}
  const send = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object | string) => {
    const response = await app.inject({
      method,
      url,
      cookies,
      ...(payload !== undefined && { payload }),
      ...(typeof payload === 'string' && { headers: { 'content-type': 'application/json' } }),
    })
    for (const { name, value } of response.cookies) cookies[name] = value
    return response
  }
  return {
    cookies,
    get: (url: string) => send('GET', url),
    put: (url: string, payload: object | string) => send('PUT', url, payload),
    post: (url: string, payload: object | string = {}) => send('POST', url, payload),
    step: (step: string, payload: object | string = {}) =>
      send('POST', `/api/signup/${step}`, payload),
  }
}

export const validSignup = {
  account: { name: 'Ada Lovelace', email: 'ada@example.com' },
  company: { company: 'Analytical Engines', size: '11-50' },
  password: { password: 'a long walk by the sea' },
} as const
