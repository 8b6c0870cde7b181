import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import {
  connect as connectHttp2,
  createServer as createHttp2Server,
  type OutgoingHttpHeaders,
} from 'node:http2'
import { type AddressInfo, connect, type Server as NetServer } from 'node:net'
import { PassThrough, pipeline } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { eventually, settlesAt } from '../fixtures/eventually.ts'
import { exchange, leaveAfter } from '../fixtures/raw-client.ts'
import { recordHttp, setRoute } from './http.ts'
import type { RequestOptions } from './record-request.ts'
import { createTestRecorder } from './testing.ts'

const servers: NetServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const portOf = async (server: NetServer): Promise<number> => {
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const setUp = async (
  handler: RequestListener,
  options: Omit<RequestOptions<IncomingMessage>, 'recorder'> = {},
) => {
  const { recorder, requests, requestTimes } = createTestRecorder()
  const server = createServer(handler)
  const record = (to: Server = server) => recordHttp(to, { recorder, ...options })
  record()
  const port = await portOf(server)
  const get = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    return response.text()
  }
  const send = (text: string, answers?: number) => exchange(port, text, answers)
  /** Hangs up as soon as the handler was called. */
  const leave = (text: string) => leaveAfter(port, text, once(server, 'request'))
  const recorded = () =>
    requests().map(({ count, customer, method, outcome, route, statusCode }) =>
      [customer, method, route, statusCode, outcome, count].join(' '),
    )
  return { get, leave, port, record, recorded, requestTimes, send }
}

const failingSource = (): PassThrough => {
  const source = new PassThrough()
  source.write('some')
  setTimeout(() => source.destroy(new Error('the disk is gone')), 30)
  return source
}

/** Answers that wait until a test gives them. */
const held: (() => void)[] = []
const giveHeld = () => {
  for (const give of held.splice(0)) give()
}

const router: RequestListener = (request, response) => {
  if (request.url?.startsWith('/documents/')) setRoute(request, '/documents/:id')
  response.statusCode = request.url === '/documents/broken' ? 500 : 200
  const give = () => response.end('done')
  if (request.url === '/documents/held') held.push(give)
  else setTimeout(give, request.url === '/documents/slow' ? 150 : 0)
}

test('a route is what the handler called it, and unmatched where it called it nothing', async () => {
  const { get, recorded } = await setUp(router)
  await get('/documents/1')
  await get('/documents/2?secret=x')
  await get('/documents/broken')
  await get('/.env')
  await eventually(recorded).toEqual([
    'none GET /documents/:id 200 success 2',
    'none GET /documents/:id 500 server_error 1',
    'none GET unmatched 200 success 1',
  ])
})

test('the time is that of the whole request', async () => {
  const { get, requestTimes } = await setUp(router)
  await get('/documents/slow')
  await eventually(requestTimes).toMatchObject([{ route: '/documents/:id', count: 1 }])
  expect(requestTimes()[0]!.sumSeconds).toBeGreaterThan(0.14)
})

test('ignored routes leave no trace', async () => {
  const { get, recorded } = await setUp(router, { ignore: ['/documents/:id'] })
  await get('/documents/1')
  await get('/other')
  await eventually(recorded).toEqual(['none GET unmatched 200 success 1'])
})

test('a server that is recorded twice counts once', async () => {
  const { get, record, recorded } = await setUp(router)
  record()
  await get('/documents/1')
  await settlesAt(recorded, ['none GET /documents/:id 200 success 1'])
})

test('a method outside the conventions shares one label', async () => {
  const { recorded, send } = await setUp(router)
  for (const method of ['PROPFIND', 'PURGE', 'M-SEARCH'])
    await send(`${method} /documents/1 HTTP/1.1\r\nhost: x\r\n\r\n`)
  await eventually(recorded).toEqual(['none _OTHER /documents/:id 200 success 3'])
})

test.for([
  ['while it waits', 'GET /documents/held HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['in its body', 'GET /documents/held HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{'],
] as const)('a client that leaves %s counts once, as 499', async ([, text]) => {
  const { leave, recorded } = await setUp(router)
  await leave(text)
  await eventually(recorded).toHaveLength(1)
  giveHeld()
  await settlesAt(recorded, ['none GET /documents/:id 499 client_error 1'])
})

test('a client that leaves in the middle of a stream counts once, as 499', async () => {
  const { port, recorded } = await setUp((request, response) => {
    setRoute(request, '/stream')
    const source = new PassThrough()
    const timer = setInterval(() => source.write('more'), 10)
    pipeline(source, response, () => clearInterval(timer))
  })
  const response = await fetch(`http://127.0.0.1:${port}`)
  await response.body!.cancel()
  await settlesAt(recorded, ['none GET /stream 499 client_error 1'])
})

test('a response that the server itself breaks off is the server’s failure', async () => {
  const { get, recorded } = await setUp((request, response) => {
    setRoute(request, '/stream')
    pipeline(failingSource(), response, () => {})
  })
  await expect(get('/')).rejects.toThrow('terminated')
  await settlesAt(recorded, ['none GET /stream 500 server_error 1'])
})

test('pipelined requests have each their own route and customer', async () => {
  const { recorded, send } = await setUp(
    (request, response) => {
      setRoute(request, request.headers.route as string)
      setTimeout(() => response.end('done'), request.url === '/slow' ? 60 : 0)
    },
    { customer: (request) => request.headers.customer },
  )
  const request = (path: string, name: string) =>
    `GET ${path} HTTP/1.1\r\nhost: x\r\nroute: /${name}\r\ncustomer: ${name}\r\n\r\n`
  await send(request('/slow', 'first') + request('/', 'second'), 2)
  await eventually(recorded).toEqual([
    'first GET /first 200 success 1',
    'second GET /second 200 success 1',
  ])
})

test('an upgrade and a CONNECT go their way uncounted', async () => {
  const { port, recorded, send } = await setUp(router)
  const [server] = servers
  server!.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching\r\n\r\nhello'))
  server!.on('connect', (_request, socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /chat HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toContain('hello')
  expect(await send('CONNECT example.org:443 HTTP/1.1\r\nhost: x\r\n\r\n')).toContain('200 OK')
  await send('GET /documents/1 HTTP/1.1\r\nhost: x\r\n\r\n')
  await settlesAt(recorded, ['none GET /documents/:id 200 success 1'])
})

test('HTTP/2 requests are recorded, whatever method the client makes up', async () => {
  const { recorder, requests } = createTestRecorder()
  const server = createHttp2Server((request, response) => {
    setRoute(request, '/documents/:id')
    if (request.url === '/broken') pipeline(failingSource(), response, () => {})
    else if (request.url !== '/never') response.end('done')
  })
  recordHttp(server, { recorder, customer: ({ headers }) => headers['x-customer'] })
  const client = connectHttp2(`http://127.0.0.1:${await portOf(server)}`)
  const ask = async (headers: OutgoingHttpHeaders, milliseconds = 1000) => {
    const stream = client.request({ 'x-customer': 'contoso', ...headers }).on('error', () => {})
    setTimeout(() => stream.close(), milliseconds)
    stream.resume().end()
    await new Promise((resolve) => void stream.once('close', resolve))
  }
  for (const method of ['GET', 'made-up-1', 'made-up-2']) await ask({ ':method': method })
  await ask({ ':path': '/never' }, 50)
  await ask({ ':path': '/broken' })
  client.close()
  await eventually(() =>
    requests().map(({ count, method, statusCode }) => [method, statusCode, count]),
  ).toEqual([
    ['GET', 200, 1],
    ['_OTHER', 200, 2],
    ['GET', 499, 1],
    ['GET', 500, 1],
  ])
})

const throwing: () => unknown = () => {
  throw new Error('no user')
}

const resolvers: [string, () => unknown, string][] = [
  ['throws', throwing, 'invalid'],
  ['returns a promise', async () => 'contoso', 'invalid'],
  ['returns a promise that fails', async () => throwing(), 'invalid'],
  ['returns an object', () => ({ id: 1 }), 'invalid'],
  ['returns __proto__', () => '__proto__', 'invalid'],
  ['returns 1 MB', () => 'x'.repeat(1_000_000), 'invalid'],
  ['returns an empty string', () => '', 'none'],
  ['returns nothing', () => undefined, 'none'],
]

test.for(resolvers)(
  'a resolver that %s costs the label, not the answer',
  async ([, customer, label]) => {
    const { get, recorded } = await setUp(router, { customer })
    expect(await get('/documents/1')).toBe('done')
    await eventually(recorded).toEqual([`${label} GET /documents/:id 200 success 1`])
  },
)

const context = new AsyncLocalStorage<string>()

const contextual: RequestListener = (request, response) =>
  context.run(request.headers.customer as string, () => {
    if (request.url !== '/unnamed') setRoute(request, '/documents/:id')
    if (request.url !== '/never') setTimeout(() => response.end('done'), 5)
  })

test('the resolver finds the async context in which the route was named', async () => {
  const { get, leave, recorded } = await setUp(contextual, { customer: () => context.getStore() })
  await Promise.all([
    get('/', { headers: { customer: 'contoso' } }),
    get('/', { headers: { customer: 'fabrikam' } }),
    get('/unnamed', { headers: { customer: 'adatum' } }),
  ])
  await leave('GET /never HTTP/1.1\r\nhost: x\r\ncustomer: litware\r\n\r\n')
  await eventually(() => recorded().toSorted()).toEqual([
    'adatum GET unmatched 200 success 1',
    'contoso GET /documents/:id 200 success 1',
    'fabrikam GET /documents/:id 200 success 1',
    'litware GET /documents/:id 499 client_error 1',
  ])
})

test('a response that another request’s context ends keeps its own customer', async () => {
  const waiting: (() => void)[] = []
  const { get, recorded } = await setUp(
    (request, response) =>
      context.run(request.headers.customer as string, () => {
        setRoute(request, '/batch')
        waiting.push(() => response.end('done'))
        // As a pool does that calls everybody back at once.
        if (waiting.length === 2) for (const end of waiting.splice(0)) end()
      }),
    { customer: () => context.getStore() },
  )
  const first = get('/', { headers: { customer: 'contoso' } })
  await eventually(() => waiting).toHaveLength(1)
  await Promise.all([first, get('/', { headers: { customer: 'fabrikam' } })])
  await eventually(recorded).toEqual([
    'contoso GET /batch 200 success 1',
    'fabrikam GET /batch 200 success 1',
  ])
})
