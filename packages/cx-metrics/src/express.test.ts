import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import express, { type Application, type ErrorRequestHandler, type RequestHandler } from 'express'
// @ts-expect-error The alias has no types of its own.
import untyped from 'express-4'
import { afterEach, describe, expect, test } from 'vitest'
import { eventually, settlesAt } from '../fixtures/eventually.ts'
import { leaveAfter } from '../fixtures/raw-client.ts'
import cxMetrics, { type CxMetricsOptions } from './express.ts'
import { createTestRecorder } from './testing.ts'

const express4 = untyped as typeof express

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const answer: RequestHandler = (_request, response) => void response.send('done')
/** Answers that wait until a test gives them. */
const held: (() => void)[] = []
const hold: RequestHandler = (_request, response) => void held.push(() => response.send('done'))
const pass: RequestHandler = (_request, _response, next) => next()
const fail: RequestHandler = () => {
  throw new Error('broken')
}
const answerError: ErrorRequestHandler = (_error, _request, response, _next) =>
  void response.status(500).send('failed')

describe.for([
  ['Express 4', express4, '*'],
  ['Express 5', express, '*rest'],
] as const)('%s', ([, createApp, rest]) => {
  const { Router } = createApp

  const setUp = async (
    define: (app: Application) => void,
    options: Omit<CxMetricsOptions, 'recorder'> = {},
  ) => {
    const { recorder, requests, requestTimes } = createTestRecorder()
    const app = createApp()
    app.set('env', 'test')
    const middleware = cxMetrics({ recorder, ...options })
    app.use(middleware)
    define(app)
    const server = app.listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const get = async (path: string, init?: RequestInit) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        redirect: 'manual',
        ...init,
      })
      return response.text()
    }
    /** Hangs up when `hold` was reached, and lets that answer once the request is recorded. */
    const leave = async (path: string, headers = '') => {
      const text = `GET ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`
      const before = recorded().length
      await leaveAfter(port, text, eventually(() => held).toHaveLength(1))
      await eventually(recorded).toHaveLength(before + 1)
      for (const give of held.splice(0)) give()
    }
    const recorded = () =>
      requests().map(({ count, customer, method, route, statusCode }) =>
        [customer, method, route, statusCode, count].join(' '),
      )
    /** What requests for these paths are recorded as, without what is the same in all of them. */
    const routesOf = async (...paths: string[]) => {
      for (const path of paths) await get(path)
      const total = () => requests().reduce((sum, { count }) => sum + count, 0)
      await eventually(total).toBe(paths.length)
      return requests().map(({ count, route, statusCode }) => `${route} ${statusCode} ${count}`)
    }
    return { get, leave, middleware, recorded, requestTimes, routesOf }
  }

  test('a route is its template, whatever was asked for', async () => {
    const { routesOf } = await setUp((app) => app.get('/documents/:id', answer))
    expect(await routesOf('/documents/1', '/documents/2?secret=x', '/documents/a%2Fb')).toEqual([
      '/documents/:id 200 3',
    ])
  })

  test('case and a trailing slash make no other label', async () => {
    const { routesOf } = await setUp((app) =>
      app.use('/Api', Router().get('/Documents/:id', answer)).get('/About', answer),
    )
    expect(await routesOf('/API/DOCUMENTS/1', '/api/documents/2/', '/ABOUT/')).toEqual([
      '/Api/Documents/:id 200 2',
      '/About 200 1',
    ])
  })

  test('what matches no route shares one label, static files too', async () => {
    const { routesOf } = await setUp((app) =>
      app
        .use('/static', createApp.static(import.meta.dirname))
        .use('/middleware/:id', answer)
        .get('/documents', answer),
    )
    expect(
      await routesOf('/.env', '/static/express.ts', '/static/missing', '/middleware/7'),
    ).toEqual(['unmatched 404 2', 'unmatched 200 2'])
  })

  test('the paths of mounted and nested routers are part of it, with their parameters’ names', async () => {
    const things = Router({ mergeParams: true }).get('/', answer).get('/:thing', answer)
    const tenants = Router().use(pass).use('/things', things).get('/:tenant', answer)
    const { routesOf } = await setUp((app) => app.use('/tenants/:tenant', pass, tenants))
    expect(
      await routesOf(
        '/tenants/7/things/8',
        '/tenants/things/things/things',
        '/tenants/tenants/things',
        '/tenants/7/things/',
        '/tenants/7/9',
      ),
    ).toEqual([
      '/tenants/:tenant/things/:thing 200 2',
      '/tenants/:tenant/things 200 2',
      '/tenants/:tenant/:tenant 200 1',
    ])
  })

  test('parameters that look like the path around them, or are encoded, are told apart', async () => {
    const router = Router().get('/:c', answer)
    const { routesOf } = await setUp((app) => app.use('/:a/a/:b', router))
    expect(await routesOf('/a/a/a/a', '/a/a/%61/a', '/:b/a/:a/:c', '/x%2Fa/a/%C3%A9/1')).toEqual([
      '/:a/a/:b/:c 200 4',
    ])
  })

  test('a router that is mounted at several paths has each of them', async () => {
    const router = Router().get('/documents/:id', answer)
    const { routesOf } = await setUp((app) =>
      app.use('/v1', router).use('/v2', router).use('/of/:tenant', router),
    )
    expect(await routesOf('/v1/documents/1', '/v2/documents/1', '/of/v1/documents/1')).toEqual([
      '/v1/documents/:id 200 1',
      '/v2/documents/:id 200 1',
      '/of/:tenant/documents/:id 200 1',
    ])
  })

  test('applications within applications are part of it', async () => {
    const innermost = createApp().get('/documents/:id', answer)
    const inner = createApp().use('/deep/:level', innermost).get('/fails', fail)
    const { routesOf } = await setUp((app) =>
      app.use('/other/:x', createApp()).use('/inner/:tenant', inner).use(answerError),
    )
    expect(await routesOf('/inner/7/deep/2/documents/3', '/inner/7/fails')).toEqual([
      '/inner/:tenant/deep/:level/documents/:id 200 1',
      '/inner/:tenant/fails 500 1',
    ])
  })

  test('an error that is answered further out counts for the route it comes from', async () => {
    const router = Router()
      .get('/throws/:id', fail)
      .get('/next/:id', (_request, _response, next) => next(new Error('broken')))
      .get('/fallsthrough/:id', pass)
    const { routesOf } = await setUp((app) => app.use('/of/:tenant', router).use(answerError))
    expect(await routesOf('/of/7/throws/1', '/of/7/next/1', '/of/7/fallsthrough/1')).toEqual([
      '/of/:tenant/throws/:id 500 1',
      '/of/:tenant/next/:id 500 1',
      '/of/:tenant/fallsthrough/:id 404 1',
    ])
  })

  test('without an error handler, Express’ own answer counts, too', async () => {
    const { routesOf } = await setUp((app) => app.get('/fails', fail).get('/documents/:id', answer))
    expect(await routesOf('/fails', '/documents/%zz')).toEqual(['/fails 500 1', 'unmatched 400 1'])
  })

  test('regular expressions, lists and wildcards are labels as they were written', async () => {
    const { routesOf } = await setUp((app) => {
      app.get(/^\/v\d+\/x$/, answer)
      app.get(['/a', '/b/:c'], answer)
      app.get(`/files/${rest}`, answer)
      app.use(['/x', '/y/:z'], Router().get('/documents', answer))
      app.use(`/wild/${rest}`, Router().get('/', answer))
    })
    expect(
      await routesOf('/v1/x', '/v2/x', '/a', '/b/1', '/files/1/2/3', '/x/documents', '/wild/1/2'),
    ).toEqual([
      '/^\\/v\\d+\\/x$/ 200 2',
      '/a,/b/:c 200 2',
      `/files/${rest} 200 1`,
      '/x,/y/:z/documents 200 1',
      `/wild/${rest} 200 1`,
    ])
  })

  test('a mount path that cannot be told is a star, never what was asked for', async () => {
    const router = Router().get('/documents/:id', answer)
    const { routesOf } = await setUp((app) => {
      app.use('/called/:tenant', (request, response, next) => router(request, response, next))
      app.use(/^\/v\d+/, router)
      app.use('/app', Router().use('/:tenant', createApp().use('/in', router)))
    })
    const paths = ['/called/7/documents/1', '/v3/documents/1', '/v4/documents/1']
    expect(await routesOf(...paths, '/app/7/in/documents/1')).toEqual(['/*/documents/:id 200 4'])
  })

  test('app.all, a chain of handlers and methods of one path keep their route', async () => {
    const { get, recorded } = await setUp((app) => {
      app.all(`/guarded/${rest}`, pass)
      app.all('/any/:id', answer)
      app.route('/many/:id').get(pass, answer).post(answer)
      app.get('/guarded/documents/:id', answer)
    })
    await get('/any/1', { method: 'DELETE' })
    await get('/many/1', { method: 'POST' })
    await get('/many/1', { method: 'HEAD' })
    await get('/guarded/documents/1')
    await get('/guarded/nothing')
    await eventually(recorded).toEqual([
      'none DELETE /any/:id 200 1',
      'none POST /many/:id 200 1',
      'none HEAD /many/:id 200 1',
      'none GET /guarded/documents/:id 200 1',
      `none GET /guarded/${rest} 404 1`,
    ])
  })

  test('a middleware may rewrite the URL', async () => {
    const { routesOf } = await setUp((app) => {
      app.use((request, _response, next) => {
        request.url = request.url.replace('/old', '/new')
        next()
      })
      app.use('/new/:tenant', Router().get('/documents/:id', answer))
    })
    expect(await routesOf('/old/7/documents/1')).toEqual(['/new/:tenant/documents/:id 200 1'])
  })

  test('redirects and streams are recorded with their time', async () => {
    const { get, recorded, requestTimes } = await setUp((app) => {
      app.get('/moved', (_request, response) => response.redirect('/'))
      app.get('/stream', async (_request, response) => {
        response.write('some')
        await sleep(60)
        response.end('more')
      })
    })
    await get('/moved')
    await get('/stream')
    await eventually(recorded).toEqual(['none GET /moved 302 1', 'none GET /stream 200 1'])
    expect(requestTimes()[1]!.sumSeconds).toBeGreaterThan(0.055)
  })

  test('a client that leaves counts once, as 499, for the route and customer it had', async () => {
    const { leave, recorded } = await setUp(
      (app) => {
        app.use('/of/:tenant', (request, _response, next) => {
          Object.assign(request, { user: { company: 'contoso' } })
          next()
        })
        app.use('/of/:tenant', Router().get('/held', hold))
      },
      { customer: (request) => (request as { user?: { company: string } }).user?.company },
    )
    await leave('/of/7/held')
    await settlesAt(recorded, ['contoso GET /of/:tenant/held 499 1'])
  })

  test('ignored routes leave no trace, and one that is registered twice counts once', async () => {
    const { recorder, requests } = createTestRecorder()
    const middleware = () => cxMetrics({ recorder, ignore: ['/health/:probe'] })
    const { get } = await setUp((app) => {
      app.use(middleware(), middleware())
      app.use('/health', Router().get('/:probe', answer))
      app.use('/api', middleware(), Router().get('/documents', answer))
    })
    await get('/health/live')
    await get('/api/documents')
    await eventually(requests).toMatchObject([{ route: '/api/documents', count: 1 }])
  })

  test('a resolver that throws costs the label, not the answer', async () => {
    const { get, recorded } = await setUp((app) => app.get('/', answer), {
      customer: () => {
        throw new Error('no user')
      },
    })
    expect(await get('/')).toBe('done')
    await eventually(recorded).toEqual(['invalid GET / 200 1'])
  })

  test('handlers see request.route as ever', async () => {
    const seen: unknown[] = []
    const { get } = await setUp((app) => {
      app.use((request, _response, next) => {
        seen.push(request.route)
        next()
      })
      app.get('/documents/:id', (request, response) => {
        seen.push(request.route.path, Object.keys(request).includes('route'))
        response.end()
      })
    })
    await get('/documents/1')
    expect(seen).toEqual([undefined, '/documents/:id', true])
  })

  const context = new AsyncLocalStorage<string>()
  const enter: Record<string, RequestHandler> = {
    'was run by a middleware': (request, _response, next) =>
      context.run(request.headers.customer as string, next),
    'was entered by an async middleware': async (request, _response, next) => {
      await sleep(1)
      context.enterWith(request.headers.customer as string)
      next()
    },
  }

  test.for(Object.keys(enter))('the resolver finds the async context that %s', async (how) => {
    const { get, leave, recorded } = await setUp(
      (app) => {
        app.use(enter[how]!)
        app.get('/documents/:id', answer)
        app.get('/held', hold)
      },
      { customer: () => context.getStore() },
    )
    await Promise.all(
      ['contoso', 'fabrikam'].map((customer) => get('/documents/1', { headers: { customer } })),
    )
    await get('/unmatched', { headers: { customer: 'adatum' } })
    await eventually(recorded).toHaveLength(3)
    await leave('/held', 'customer: litware\r\n')
    await eventually(() => recorded().toSorted()).toEqual([
      'adatum GET unmatched 404 1',
      'contoso GET /documents/:id 200 1',
      'fabrikam GET /documents/:id 200 1',
      'litware GET /held 499 1',
    ])
  })
})
