import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { GrafanaError } from './grafana-error.ts'
import { grafanaRequest, type RequestOptions } from './grafana-request.ts'

const secret = 'glsa_secretsecret'

const asked = async (listener: RequestListener, options: RequestOptions = {}) => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const url = new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`)
  return grafanaRequest({ url, authorization: `Bearer ${secret}` }, options)
}

const errorOf = async (answer: Promise<unknown>): Promise<GrafanaError> => {
  const error = await answer.catch((thrown: unknown) => thrown)
  if (error instanceof GrafanaError) return error
  throw new Error('it did not fail as expected', { cause: error })
}

test('a server that does not answer is waited for no longer than said', async () => {
  const request = await asked(() => undefined, { patienceMilliseconds: 50 })
  const { hope, message } = await errorOf(request('GET', 'api/health'))
  expect(message).toContain('Grafana does not answer (nothing whole within 0.05 s)')
  expect(hope).toBe('later')
})

test('nor is one that begins its answer and does not end it', async () => {
  const request = await asked((_, response) => void response.writeHead(200).write('{'), {
    patienceMilliseconds: 50,
  })
  expect((await errorOf(request('GET', 'api/health'))).message).toContain('nothing whole')
})

test('an interruption ends what reads at once, and not what writes', async () => {
  const controller = new AbortController()
  const request = await asked(
    (incoming, response) => {
      controller.abort()
      if (incoming.method === 'POST') response.end('{}')
    },
    { signal: controller.signal },
  )
  expect((await errorOf(request('GET', 'x'))).message).toContain('(interrupted)')
  await expect(request('POST', 'x', {})).resolves.toMatchObject({ status: 200 })
})

test.for([
  [401, '{}', 'nothing'],
  [302, '', 'nothing'],
  [200, '<html>', 'nothing'],
  [403, '{"message":"no"}', 'refused'],
  [429, '{}', 'later'],
  [408, '{}', 'later'],
  [500, '<html>', 'later'],
  [503, '{"database":"failing"}', 'later'],
] as const)('an answer of %i with %s leaves this hope: %s', async ([status, body, hope]) => {
  const request = await asked((_, response) => void response.writeHead(status).end(body))
  expect((await errorOf(request('GET', 'api/x?y=1'))).hope).toBe(hope)
})

test('what a server quotes of the token is not passed on', async () => {
  const body = JSON.stringify({ message: `${'x'.repeat(290)}${secret} \u001B[31m` })
  const request = await asked((_, response) => void response.writeHead(400).end(body))
  const { said } = await request('GET', 'api/x')
  expect(said.length).toBeLessThanOrEqual(300)
  expect(said).not.toContain(secret.slice(0, 6))
  expect(said).not.toMatch(/\p{Cc}/u)
})
