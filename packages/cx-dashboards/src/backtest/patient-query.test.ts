import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { connectPrometheus } from '../publishers/prometheus-api.ts'
import { patientQuery } from './patient-query.ts'

type Answer = (response: ServerResponse, query: URLSearchParams) => void

/** A server that answers each request by the next of the answers, and from then on by the last. */
const serverOf = async (...answers: readonly Answer[]) => {
  const asked: URLSearchParams[] = []
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push(query)
    answer?.(response, query)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  const { port } = server.address() as AddressInfo
  return { asked, url: new URL(`http://127.0.0.1:${port}/`) }
}

const refusal =
  (status: number, error?: string): Answer =>
  (response) =>
    response.writeHead(status).end(error && JSON.stringify({ status: 'error', error }))

const matrix =
  (warnings: readonly string[] = []): Answer =>
  (response, query) => {
    const values = [[Number(query.get('start')), '1']]
    const data = { resultType: 'matrix', result: [{ metric: { a: 'b' }, values }] }
    response.end(JSON.stringify({ status: 'success', data, warnings }))
  }

const range = { start: 0, end: 99 * 60, step: 60 }

/** Patient, but where the answer is never to come: a busy machine answers late. */
const askAt = (url: URL, patienceMilliseconds = 10_000) => {
  const said: string[] = []
  const waits: number[] = []
  const prometheus = connectPrometheus({ url, authorization: undefined }, { patienceMilliseconds })
  const query = patientQuery(prometheus, {
    say: (line) => said.push(line),
    wait: async (milliseconds) => waits.push(milliseconds),
  })
  return { query, said, waits }
}

test.for([429, 500, 503])('after a %i, it waits and asks again, and says so', async (status) => {
  const { url } = await serverOf(refusal(status), matrix())
  const { query, said, waits } = askAt(url)
  expect(await query('up', range)).toHaveLength(1)
  expect(waits).toEqual([1000])
  expect(said[0]).toMatch(/Asking again in 1 s\.$/)
})

test('it gives up after three pauses, and names the chunk and the remedy', async () => {
  const { asked, url } = await serverOf(refusal(503))
  const { query, waits } = askAt(url)
  await expect(query('up', range)).rejects.toThrow(
    /^1970-01-01 00:00 to 01:39 UTC: .* it answered 503\..*--from\.$/,
  )
  expect(waits).toEqual([1000, 4000, 15_000])
  expect(asked).toHaveLength(4)
})

test('a server that is gone is asked again, too', async () => {
  const { query, waits } = askAt(new URL('http://127.0.0.1:9/'))
  await expect(query('up', range)).rejects.toThrow('Prometheus does not answer')
  expect(waits).toHaveLength(3)
})

test.for([
  [422, 'query processing would load too many samples into memory in query execution'],
  [503, 'query timed out in expression evaluation'],
  [504, undefined],
] as const)(
  'what is too much at once is asked for in halves, after %i %s',
  async ([status, error]) => {
    const { asked, url } = await serverOf(refusal(status, error), matrix())
    const { query, said, waits } = askAt(url)
    const found = await query('up', range)
    expect(found.map(({ samples }) => samples[0]?.at)).toEqual([0, 50 * 60])
    expect(asked.slice(1).map((each) => [each.get('start'), each.get('end')])).toEqual([
      ['0', String(49 * 60)],
      [String(50 * 60), String(99 * 60)],
    ])
    expect(said).toEqual([
      '1970-01-01 00:00 to 01:39 UTC is too much at once; asking for 50 points.',
    ])
    expect(waits).toEqual([])
  },
)

test('an answer that does not come is too much at once, and in the end an error with a remedy', async () => {
  const { url } = await serverOf(() => {})
  const { query, waits } = askAt(url, 200)
  await expect(query('up', { start: 0, end: 19 * 60, step: 60 })).rejects.toThrow(
    /nothing whole within 0\.2 s.*choose a shorter range, or raise its --query\.timeout/,
  )
  expect(waits).toEqual([])
})

test.for([
  [refusal(400, 'parse error'), 'Prometheus refused: parse error'],
  [refusal(401), 'Set PROMETHEUS_TOKEN'],
  [matrix(['remote read of block 7 failed']), 'in part only: remote read of block 7 failed'],
  [(response: ServerResponse) => response.end('<html>'), 'something other than Prometheus’ JSON'],
] as const)('what another try would not mend is told at once: %o', async ([answer, reason]) => {
  const { asked, url } = await serverOf(answer as Answer)
  const { query } = askAt(url)
  await expect(query('up', range)).rejects.toThrow(reason)
  expect(asked).toHaveLength(1)
})
