/// <reference lib="dom" />
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { catalog, feature, journey, journeyStepDuration, owner, webApp } from 'cx-definition'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import cxBeacon from './beacon.ts'
import { type BrowserMetrics, startBrowserMetrics } from './browser.ts'
import { createRecorder } from './recorder.ts'

const growth = owner('growth')
const identity = owner('identity')
const signup = feature('signup', { owner: growth })
const signupWeb = webApp('signup-web', {
  owner: growth,
  pages: ['/signup/account', '/signup/company'],
})
const selfSignup = journey('self-signup', {
  feature: signup,
  app: signupWeb,
  steps: ['account', 'company'],
})
const definition = catalog({
  owners: [growth, identity],
  features: [signup],
  apps: [signupWeb],
  journeys: [selfSignup],
})

/** What a page of the tests has in reach. */
declare global {
  var metrics: BrowserMetrics
  var start: (endpoint?: string) => BrowserMetrics
}

const pageScript = `
import { owner, webApp } from 'cx-definition'
import { startBrowserMetrics } from './browser.ts'
const app = webApp('signup-web', { owner: owner('growth'), pages: ['/signup/account', '/signup/company'] })
globalThis.start = (endpoint = new URLSearchParams(location.search).get('endpoint') ?? undefined) =>
  startBrowserMetrics({ app, uncaught: true, ...(endpoint && { endpoint }) })
globalThis.metrics = start()
metrics.page('/signup/account')
`

const bundled = async (script: string): Promise<string> => {
  const entry = fileURLToPath(new URL('page-of-the-test.js', import.meta.url))
  const bundle = await rolldown({
    input: entry,
    platform: 'browser',
    resolve: { conditionNames: ['cx-source', 'import', 'default'] },
    plugins: [
      {
        name: 'the page of the test',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? script : undefined),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'es', minify: true })
  await bundle.close()
  expect(output.length).toBe(1)
  return output[0].code
}

test('a server that renders the same code measures nothing', () => {
  const metrics = startBrowserMetrics({ app: signupWeb })
  metrics.page('/signup/account')
  metrics.journey(selfSignup).entered('account')
  metrics.error({ owner: growth })
  expect(startBrowserMetrics({ app: signupWeb })).toBe(metrics)
})

test('steps and pages that the catalog does not have are type errors', () => {
  const metrics = startBrowserMetrics({ app: signupWeb })
  // @ts-expect-error there is no such page
  metrics.page('/signup/acount')
  // @ts-expect-error there is no such step
  metrics.journey(selfSignup).entered('acount')
})

test('a page carries less than 5 kB for it, and nothing of Node or OpenTelemetry', async () => {
  const code = await bundled(
    "import { startBrowserMetrics } from './browser.ts'\nglobalThis.start = startBrowserMetrics",
  )
  const bytes = gzipSync(code, { level: 9 }).length
  console.log(`cx-metrics/browser: ${code.length} bytes, ${bytes} gzip -9`)
  expect(bytes).toBeLessThan(5000)
  expect(code).not.toMatch(/opentelemetry|cx_[a-z]|node:|process\.|require\(/)
})

const executablePath = [
  process.env.CHROMIUM,
  ...(process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => [join(folder, 'chromium'), join(folder, 'google-chrome')]),
].find((path) => path && existsSync(path))

describe.skipIf(!executablePath)('in a browser (skipped without Chromium)', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let script: string
  const complaints: string[] = []
  const apps: FastifyInstance[] = []

  beforeAll(async () => {
    script = await bundled(pageScript)
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    complaints.length = 0
    context = await browser.newContext()
    context.on('weberror', (error) => complaints.push(error.error().message))
    page = await context.newPage()
  })
  afterEach(async () => {
    await context.close()
    for (const app of apps.splice(0)) await app.close()
  })

  /** A service with the beacon, which can refuse the next few. */
  const serve = async ({ csp = "connect-src 'self'", origins = [] as string[] } = {}) => {
    const recorder = createRecorder({ catalog: definition })
    const app = Fastify({ forceCloseConnections: true })
    apps.push(app)
    const connections: Buffer[][] = []
    app.server.on('connection', (socket) => {
      const parts: Buffer[] = []
      connections.push(parts)
      socket.on('data', (part) => void parts.push(part))
    })
    /** All that was posted, to the byte: start line, headers and body. */
    const posted = () =>
      connections
        .flatMap((parts) =>
          Buffer.concat(parts)
            .toString('latin1')
            .split(/^(?=[A-Z]+ \/)/m),
        )
        .filter((request) => !request.startsWith('GET '))
        .join('\n')
    const beacons = { taken: 0, refused: 0, toRefuse: 0 }
    app.addHook('onRequest', async ({ url: path }, reply) => {
      if (path !== '/cx/beacon') return
      beacons[beacons.toRefuse > 0 ? 'refused' : 'taken'] += 1
      if (beacons.toRefuse === 0) return
      beacons.toRefuse -= 1
      return reply.code(503).send()
    })
    await app.register(cxBeacon, { recorder, catalog: definition, origins })
    app.get('/app.js', (_request, reply) => reply.type('text/javascript').send(script))
    app.get('/signup/*', (_request, reply) =>
      reply
        .type('text/html')
        .headers({ 'content-security-policy': `default-src 'self'; ${csp}` })
        .send(
          '<!doctype html><title>Sign up</title><h1>Sign up</h1><input id="email"><button>Next</button>' +
            '<script type="module" src="/app.js"></script>',
        ),
    )
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const counted = () =>
      recorder.store.families.flatMap((family) =>
        [...family.series].flatMap((series) => {
          const value =
            'counts' in series
              ? [...series.counts].reduce((sum, count) => sum + count, 0)
              : series.value
          const [, ...labels] = Object.values(series.attributes)
          const labelled = [family.instrument.name, ...labels, value].join(' ')
          return value === 0 ? [] : [labelled]
        }),
      )
    const only = (name: string) => counted().filter((line) => line.startsWith(name))
    return {
      beacons,
      url,
      counted,
      only,
      recorder,
      posted,
    }
  }

  const visit = async (url: string, on = page) => {
    await on.goto(url)
    await on.waitForFunction(() => 'metrics' in globalThis)
  }
  const leave = (on = page) => on.goto('about:blank')
  const eventually = (read: () => unknown) => expect.poll(read, { timeout: 3000, interval: 20 })

  /** In the page, where names and types are all that is known. */
  const step = (event: 'entered' | 'completed' | 'failed', name = 'account', on = page) =>
    on.evaluate(
      ([method, of]) => metrics.journey({ name: 'self-signup' } as never)[method](of as never),
      [event, name] as const,
    )
  const error = (ownerName: string, on = page) =>
    on.evaluate((of) => metrics.error({ owner: { name: of, title: of } }), ownerName)

  test('a session, steps, errors and web vitals arrive when the page is left', async () => {
    const { beacons, counted, only, recorder, url } = await serve()
    await visit(`${url}/signup/account`)
    await step('entered')
    await page.waitForTimeout(150)
    await step('failed')
    await step('completed')
    await error('growth')
    await page.click('button')
    await page.waitForTimeout(100)
    await leave()
    await eventually(() => only('cx_sessions_total')).toEqual(['cx_sessions_total 1'])
    expect(beacons.taken).toBe(1)
    expect(counted().toSorted()).toEqual([
      'cx_error_sessions_total growth none reported 1',
      'cx_errors_total growth none reported 1',
      'cx_journey_step_duration_seconds self-signup account 1',
      'cx_journey_steps_total self-signup account completed 1',
      'cx_journey_steps_total self-signup account entered 1',
      'cx_journey_steps_total self-signup account failed 1',
      'cx_sessions_total 1',
      'cx_web_layout_shift CLS /signup/account 1',
      'cx_web_vital_seconds FCP /signup/account 1',
      'cx_web_vital_seconds INP /signup/account 1',
      'cx_web_vital_seconds LCP /signup/account 1',
      'cx_web_vital_seconds TTFB /signup/account 1',
    ])
    const [duration] = recorder.store.histograms(journeyStepDuration, []).series
    expect(duration!.sum).toBeGreaterThan(0.09)
    expect(duration!.sum).toBeLessThan(5)
    expect(complaints).toEqual([])
  })

  test('and when its tab is closed', async () => {
    const { only, url } = await serve()
    await visit(`${url}/signup/account`)
    await step('entered')
    await page.close({ runBeforeUnload: true })
    await eventually(() => only('cx_journey')).toHaveLength(1)
  })

  test.for(['the same', 'another'])(
    'no byte to a beacon of %s origin says where the person was, what they typed or what went wrong',
    async (which) => {
      const site = await serve({ csp: 'connect-src *' })
      const beacon = which === 'another' ? await serve({ origins: [site.url] }) : site
      await context.addCookies([{ name: 'id', value: 'canary', url: site.url }])
      const endpoint = encodeURIComponent(`${beacon.url}/cx/beacon`)
      await visit(`${site.url}/signup/canary-path?endpoint=${endpoint}&q=canary-query#canary-hash`)
      await page.fill('#email', 'canary@example.com')
      await page.evaluate(() => {
        document.title = 'canary'
        setTimeout(() => {
          throw new TypeError('canary')
        })
        void Promise.reject(new Error('canary'))
      })
      await step('entered')
      await page.click('button')
      await page.waitForTimeout(100)
      const stored = await page.evaluate(() => ({
        session: Object.entries(sessionStorage).map(([key, value]) => [key, JSON.parse(value)]),
        local: Object.keys(localStorage),
        cookie: document.cookie,
      }))
      await leave()
      await eventually(() => beacon.only('cx_errors')).toEqual([
        'cx_errors_total unowned none error 1',
        'cx_errors_total unowned none rejection 1',
      ])
      expect(beacon.posted()).toMatch(/^POST \/cx\/beacon/)
      expect(beacon.posted()).not.toMatch(/canary|cookie|referer|signup\/canary|example\.com/i)
      expect(stored).toEqual({
        session: [
          [
            'cx-metrics:signup-web',
            {
              seen: expect.any(Number),
              hit: ['unowned'],
              open: [['self-signup/account', expect.any(Number)]],
            },
          ],
        ],
        local: [],
        cookie: 'id=canary',
      })
      expect(stored.session[0]![1].seen).toBeLessThan(1e8)
    },
  )

  test('a reload in mid-step is the same session and the same step', async () => {
    const { only, url } = await serve()
    await visit(`${url}/signup/account`)
    await step('entered')
    await error('growth')
    await page.reload()
    await page.waitForFunction(() => 'metrics' in globalThis)
    await step('entered')
    await error('growth')
    await step('completed')
    await step('entered')
    await leave()
    await eventually(() => only('cx_journey_steps')).toEqual([
      'cx_journey_steps_total self-signup account entered 2',
      'cx_journey_steps_total self-signup account completed 1',
    ])
    expect(only('cx_journey_step_duration')).toHaveLength(1)
    expect(only('cx_sessions_total')).toEqual(['cx_sessions_total 1'])
    expect(only('cx_error')).toEqual([
      'cx_errors_total growth none reported 2',
      'cx_error_sessions_total growth none reported 1',
    ])
  })

  test('a session ends after 30 minutes without a sign of life', async () => {
    const { only, url } = await serve()
    await page.clock.install()
    await visit(`${url}/signup/account`)
    await error('growth')
    await page.clock.fastForward('29:00')
    await error('growth')
    await page.clock.fastForward('29:00')
    await error('growth')
    await page.clock.fastForward('31:00')
    await error('growth')
    await leave()
    await eventually(() => only('cx_sessions_total')).toEqual(['cx_sessions_total 2'])
    await eventually(() => only('cx_error_sessions')).toEqual([
      'cx_error_sessions_total growth none reported 2',
    ])
  })

  test('tabs have sessions of their own, and their errors hit each', async () => {
    const { only, url } = await serve()
    const other = await context.newPage()
    await visit(`${url}/signup/account`)
    await visit(`${url}/signup/account`, other)
    await error('growth')
    await error('growth', other)
    await leave()
    await leave(other)
    await eventually(() => only('cx_sessions_total')).toEqual(['cx_sessions_total 2'])
    await eventually(() => only('cx_error_sessions')).toEqual([
      'cx_error_sessions_total growth none reported 2',
    ])
  })

  test('a page that comes back from the browser’s cache goes on, with vitals of its own', async () => {
    const { only, url } = await serve()
    await visit(`${url}/signup/account`)
    // By the page itself, since Playwright loses sight of one that was kept.
    await page.evaluate(() => {
      const recorder = metrics.journey({ name: 'self-signup' } as never)
      recorder.entered('account' as never)
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) recorder.completed('account' as never)
        setTimeout(() => location.assign('about:blank'), 300)
      })
    })
    await visit(`${url}/signup/company`)
    await page.evaluate(() => void setTimeout(() => history.back()))
    await eventually(() => only('cx_journey_steps')).toEqual([
      'cx_journey_steps_total self-signup account entered 1',
      'cx_journey_steps_total self-signup account completed 1',
    ])
    expect(only('cx_sessions_total')).toEqual(['cx_sessions_total 1'])
    expect(only('cx_web_vital_seconds FCP')).toEqual(['cx_web_vital_seconds FCP /signup/account 3'])
  })

  test('a vital belongs to the page on which it happened', async () => {
    const { only, url } = await serve()
    await visit(`${url}/signup/account`)
    await page.waitForTimeout(100)
    await page.evaluate(() => metrics.page('/signup/company'))
    await page.evaluate(() =>
      document.querySelector('button')!.addEventListener('click', () => {
        const end = performance.now() + 100
        while (performance.now() < end);
      }),
    )
    await page.waitForTimeout(50)
    await page.click('button')
    await page.waitForTimeout(200)
    await leave()
    await eventually(() => only('cx_web_vital').toSorted()).toEqual([
      'cx_web_vital_seconds FCP /signup/account 1',
      'cx_web_vital_seconds INP /signup/company 1',
      'cx_web_vital_seconds LCP /signup/account 1',
      'cx_web_vital_seconds TTFB /signup/account 1',
    ])
  })

  test('a vital that grows after the page was first hidden is not counted again', async () => {
    const { only, url } = await serve()
    await visit(`${url}/signup/account`)
    const show = (state: string) =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', {
          configurable: true,
          get: () => visibility,
        })
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      }, state)
    const shift = async (height: string) => {
      await page.evaluate((pixels) => {
        const block = document.createElement('div')
        block.style.height = pixels
        document.body.prepend(block)
      }, height)
      await page.waitForTimeout(100)
    }
    await shift('50px')
    await show('hidden')
    await eventually(() => only('cx_web_layout')).toHaveLength(1)
    await show('visible')
    await shift('300px')
    await step('entered')
    await show('hidden')
    await eventually(() => only('cx_journey')).toHaveLength(1)
    expect(only('cx_web_layout')).toEqual(['cx_web_layout_shift CLS /signup/account 1'])
  })

  test('ten thousand errors in a loop are one request and one session hit', async () => {
    const { beacons, only, url } = await serve()
    await visit(`${url}/signup/account`)
    await page.evaluate(() => {
      for (let times = 0; times < 10_000; times += 1) metrics.error({})
    })
    await leave()
    await eventually(() => only('cx_error')).toEqual([
      'cx_errors_total unowned none reported 500',
      'cx_error_sessions_total unowned none reported 1',
    ])
    expect(beacons.taken).toBe(1)
  })

  test('what the layout loop of a browser says is no error, and a start counts once', async () => {
    const { only, url } = await serve()
    await visit(`${url}/signup/account`)
    expect(await page.evaluate(() => start() === metrics)).toBe(true)
    await page.evaluate(() => {
      dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop limit exceeded' }))
      dispatchEvent(new Event('error'))
      dispatchEvent(new ErrorEvent('error', { message: 'x is undefined' }))
    })
    await leave()
    await eventually(() => only('cx_error')).toEqual([
      'cx_errors_total unowned none error 1',
      'cx_error_sessions_total unowned none error 1',
    ])
  })

  test.for([
    [
      'storage that is disabled',
      () =>
        Object.defineProperty(globalThis, 'sessionStorage', {
          get: () => {
            throw new DOMException('denied', 'SecurityError')
          },
        }),
    ],
    [
      'storage that is full, with an old session in it',
      () => {
        if (!location.pathname.startsWith('/signup')) return
        sessionStorage.setItem('cx-metrics:signup-web', '{"seen":1,"hit":[],"open":[]}')
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      },
    ],
    [
      'storage with somebody else’s words',
      () => {
        if (location.pathname.startsWith('/signup'))
          sessionStorage.setItem('cx-metrics:signup-web', '{"seen":"x","hit":{},"open":[1]}')
      },
    ],
    ['no observer of performance', () => Reflect.deleteProperty(globalThis, 'PerformanceObserver')],
    ['no sendBeacon', () => Reflect.deleteProperty(Navigator.prototype, 'sendBeacon')],
  ] as const)('with %s all is counted', async ([, change]) => {
    const { only, url } = await serve()
    await page.addInitScript(change)
    await visit(`${url}/signup/account`)
    await step('entered')
    await step('entered')
    await error('growth')
    await error('growth')
    await step('completed')
    await leave()
    await eventually(() => only('cx_sessions_total')).toEqual(['cx_sessions_total 1'])
    expect(only('cx_journey_steps')).toHaveLength(2)
    expect(only('cx_journey_step_duration')).toHaveLength(1)
    expect(only('cx_error')).toEqual([
      'cx_errors_total growth none reported 2',
      'cx_error_sessions_total growth none reported 1',
    ])
    expect(complaints).toEqual([])
  })

  test.for([
    ['no fetch', () => Reflect.deleteProperty(globalThis, 'fetch')],
    [
      'a fetch that throws',
      () => {
        globalThis.fetch = () => {
          throw new Error('blocked')
        }
      },
    ],
    ['no clock', () => Reflect.deleteProperty(globalThis, 'performance')],
  ] as const)('with %s the app does not notice', async ([, change]) => {
    const { url } = await serve()
    await page.addInitScript(change)
    await visit(`${url}/signup/account`)
    await step('entered')
    await error('growth')
    await leave()
    expect(complaints).toEqual([])
  })

  test('a policy that forbids to connect costs the counts, not the app', async () => {
    const { counted, url } = await serve({ csp: "connect-src 'none'" })
    await visit(`${url}/signup/account`)
    await step('entered')
    await leave()
    expect(counted()).toEqual([])
    expect(complaints).toEqual([])
  })

  test('what could not be sent is sent later, three times at most', async () => {
    const { beacons, only, url } = await serve()
    beacons.toRefuse = 2
    await page.clock.install()
    await visit(`${url}/signup/account`)
    await step('entered')
    /** Lets time pass until the service has refused so many. */
    const refusedAfterAWhile = () =>
      eventually(async () => {
        await page.clock.runFor(5000)
        return beacons.refused
      })
    await refusedAfterAWhile().toBe(1)
    await step('failed')
    await refusedAfterAWhile().toBe(2)
    await eventually(async () => {
      await page.clock.runFor(5000)
      return only('cx_journey')
    }).toEqual([
      'cx_journey_steps_total self-signup account entered 1',
      'cx_journey_steps_total self-signup account failed 1',
    ])
    beacons.toRefuse = 4
    await error('growth')
    await refusedAfterAWhile().toBe(6)
    await page.clock.runFor(60_000)
    await step('failed')
    await leave()
    await eventually(() => only('cx_journey')).toContain(
      'cx_journey_steps_total self-signup account failed 2',
    )
    expect(only('cx_error')).toEqual([])
  })
})
