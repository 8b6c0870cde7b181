import { expect, test } from 'vitest'
import { appWithoutWaiting, validDocument } from './testing.ts'

const read = { method: 'GET', url: '/api/documents/a-1' } as const
const write = { method: 'PUT', url: '/api/documents/', payload: validDocument } as const
const draws = 40_000

const tally = async (request: typeof read | typeof write) => {
  const { app, sleptMilliseconds } = await appWithoutWaiting()
  const statuses = new Map<number, number>()
  for (let draw = 0; draw < draws; draw += 1) {
    const { statusCode } = await app.inject(request)
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
  }
  return { statuses, sleptMilliseconds }
}

const averageOf = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length

// 1 in 400 of 40,000 is 100 with a standard deviation of 10: 60 to 140 is four of them.
const expectAboutOneIn400 = (statuses: Map<number, number>, faults: number[]) => {
  expect([...statuses.keys()].toSorted()).toEqual([200, ...faults])
  for (const fault of faults) {
    expect(statuses.get(fault), `${fault}`).toBeGreaterThan(60)
    expect(statuses.get(fault), `${fault}`).toBeLessThan(140)
  }
}

test('Reading takes 10 to 100 ms and fails about once in 400 requests with each of four errors', async () => {
  const { sleptMilliseconds, statuses } = await tally(read)
  expectAboutOneIn400(statuses, [400, 401, 404, 500])
  expect(Math.min(...sleptMilliseconds)).toBeGreaterThanOrEqual(10)
  expect(Math.max(...sleptMilliseconds)).toBeLessThan(100)
  expect(averageOf(sleptMilliseconds)).toBeCloseTo(55, 0)
}, 60_000)

test('Writing takes 100 to 500 ms and fails about once in 400 requests with each of four errors', async () => {
  const { sleptMilliseconds, statuses } = await tally(write)
  expectAboutOneIn400(statuses, [400, 403, 409, 500])
  expect(Math.min(...sleptMilliseconds)).toBeGreaterThanOrEqual(100)
  expect(Math.max(...sleptMilliseconds)).toBeLessThan(500)
  expect(Math.abs(averageOf(sleptMilliseconds) - 300)).toBeLessThan(5)
}, 60_000)

test('Every answer has the shape its schema names', async () => {
  const { app } = await appWithoutWaiting(() => 0.5)
  expect((await app.inject(read)).json()).toMatchObject({
    documentId: 'a-1',
    title: 'Document a-1',
  })
  expect((await app.inject(write)).json()).toEqual(validDocument)

  const { app: failing } = await appWithoutWaiting(() => 3 / 400)
  const answer = await failing.inject(read)
  expect(answer.json()).toEqual({
    statusCode: 500,
    error: 'Internal Server Error',
    message: expect.stringContaining('on purpose'),
  })
})

test.each([
  ['a document without a title', { ...validDocument, title: undefined }],
  ['a title of the wrong type', { ...validDocument, title: ['no'] }],
  ['a documentId with a slash', { ...validDocument, documentId: '../etc' }],
])('Refuses %s with 400 and without waiting', async (_what, payload) => {
  const { app, sleptMilliseconds } = await appWithoutWaiting(() => 0.5)
  const answer = await app.inject({ ...write, payload })
  expect(answer.json()).toMatchObject({ statusCode: 400, error: 'Bad Request' })
  expect(Object.keys(answer.json()).toSorted()).toEqual(['error', 'message', 'statusCode'])
  expect(sleptMilliseconds).toEqual([])
})

test('Refuses a malformed documentId in the path, broken JSON and a body over the limit', async () => {
  const { app } = await appWithoutWaiting(() => 0.5)
  const headers = { 'content-type': 'application/json' }
  const put = { method: 'PUT', url: write.url, headers } as const
  expect((await app.inject('/api/documents/a%2Fb')).statusCode).toBe(400)
  expect((await app.inject({ ...put, payload: '{' })).statusCode).toBe(400)
  expect((await app.inject({ ...put, payload: ' '.repeat(65 * 1024) })).statusCode).toBe(413)
})

test('Lists what everybody finds in a new product', async () => {
  const { app } = await appWithoutWaiting(() => 0.5)
  const { documents } = (await app.inject('/api/documents/')).json()
  expect(documents).toHaveLength(3)
  for (const { documentId } of documents)
    expect((await app.inject(`/api/documents/${documentId}`)).statusCode).toBe(200)
})
