import { owner } from 'cx-definition'
import { afterEach, beforeEach, expect, expectTypeOf, test } from 'vitest'
import { pageState, type Told } from './page-state.ts'
import { withOwner } from './with-owner.ts'

const growth = owner('growth')
const told: Told[] = []

beforeEach(() => {
  told.length = 0
  pageState.take = (error) => told.push(error)
})
afterEach(() => {
  pageState.take = undefined
})

test('the function keeps its signature, its this and its result', async () => {
  const add = withOwner({ owner: growth }, (a: number, b: string) => `${a}${b}`)
  expectTypeOf(add).toBeCallableWith(1, 'x')
  expectTypeOf(add(1, 'x')).toEqualTypeOf<string>()
  expect(add(1, 'x')).toBe('1x')
  const object = {
    name: 'object',
    tell: withOwner({ owner: growth }, function (this: { name: string }) {
      return this.name
    }),
  }
  expect(object.tell()).toBe('object')
  expect(await withOwner({ owner: growth }, async () => 1)()).toBe(1)
  expect(told).toEqual([])
})

test('what it throws or rejects with is told once and thrown on', async () => {
  const thrown = new Error('thrown')
  const throws = withOwner({ owner: growth }, (): void => {
    throw thrown
  })
  expect(throws).toThrow(thrown)
  expect(throws).toThrow(thrown)
  const rejected = new Error('rejected')
  const rejects = withOwner({ owner: growth }, async () => Promise.reject(rejected))
  await expect(rejects()).rejects.toBe(rejected)
  expect(told).toMatchObject([
    { error: thrown, owner: growth, source: 'reported' },
    { error: rejected, owner: growth, source: 'reported' },
  ])
})

test('the inner of two owners has it', () => {
  const identity = owner('identity')
  const inner = withOwner({ owner: identity }, () => {
    throw new Error('inner')
  })
  expect(withOwner({ owner: growth }, inner)).toThrow('inner')
  expect(told).toMatchObject([{ owner: identity }])
})

test.for<[string, unknown]>([
  ['a redirect', Response.redirect('https://example.com/')],
  ['a promise, by which Suspense waits', Promise.resolve()],
  ['an abort', new DOMException('aborted', 'AbortError')],
])('%s is no failure, and passes', async ([, what]) => {
  const throws = withOwner({ owner: growth }, () => {
    throw what
  })
  expect(throws).toThrow()
  const rejects = withOwner({ owner: growth }, async () => throws())
  const seen: unknown[] = []
  await rejects().catch((error: unknown) => seen.push(error))
  expect(seen).toHaveLength(1)
  expect(told).toEqual([])
})

test('a lazy query is not started by it', () => {
  let started = 0
  // oxlint-disable-next-line unicorn/no-thenable
  const query = { then: () => (started += 1) }
  expect(withOwner({ owner: growth }, () => query)()).toBe(query)
  expect(started).toBe(0)
})
