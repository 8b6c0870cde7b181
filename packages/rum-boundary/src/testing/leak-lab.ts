/// <reference lib="dom" />
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import Fastify, { type FastifyPluginAsync } from 'fastify'
import type { Browser } from 'playwright-core'
import type { Leak } from '../check.ts'
import rumIntake, { type DropReason, type RumIntakeOptions } from '../intake.ts'
import type { Preset, Statics } from '../scrub-statics.ts'
import { canaryOf, channels } from './canaries.ts'
import { bundleMutated, type Mutations } from './leak-bundle.ts'
import { recordsIn } from './leak-report.ts'
import { decode, type Sent, standInVendor } from './stand-in-vendor.ts'

const applicationId = '11111111-2222-4333-8444-555555555555'

/** What the page of the tests declares; no canary is among it. */
export const labStatics: Statics = {
  texts: ['Sign up', 'Next', 'Company name', 'Hello', 'Back to start', 'Continue'],
  names: [
    'card',
    'target',
    'list',
    'x-field',
    'typed',
    'typed-email',
    'typed-date',
    'typed-password',
    'typed-area',
    'typed-script',
    'chosen',
    'editable',
    'echo',
    'echo-title',
    'host',
    'new-signup',
    'en',
    'SignupError',
    'App',
    'start-recording',
  ],
  messages: ['The signup is closed'],
  pages: ['/signup/account', '/signup/company', '/users/:user'],
  routes: ['/api/documents/:documentId', '/assets/*'],
}

export interface Lab {
  /** From the page to our intake. */
  readonly toIntake: readonly Sent[]
  /** From our intake to the vendor. */
  readonly toDatadog: readonly Sent[]
  readonly toSentry: readonly Sent[]
  /** Headers that the page's own API got. */
  readonly toApi: readonly Sent[]
  readonly named: readonly Leak[]
  readonly dropped: readonly DropReason[]
  /** What the page did not catch, apart from what was thrown on purpose. */
  readonly complaints: readonly string[]
}

const pageScript = `
import { owner, webApp } from 'cx-definition'
import { reportError, startErrorReporting } from './index.ts'
import { datadogSink } from './datadog.ts'
import { sentrySink } from './sentry.ts'
import { findLeaks } from './check.ts'
const { preset, statics, sentry } = JSON.parse(document.querySelector('#options').textContent)
const app = webApp('signup-web', { owner: owner('growth'), pages: ['/signup/account', '/signup/company'] })
const datadog = datadogSink({
  applicationId: '${applicationId}', clientToken: 'pub123', site: 'datadoghq.eu', service: 'signup-web',
  env: 'test', version: '1.2.3', preset, intake: '/cx/rum', statics,
})
startErrorReporting({
  app, consent: 'granted', primary: 'datadog',
  sinks: [datadog, sentrySink({ dsn: sentry, environment: 'test', release: '1.2.3', statics })],
})
let reports = 0
// Each of another team, so that none of them holds another back.
globalThis.report = (error) => reportError(error, { owner: owner('team-' + (reports += 1)) })
globalThis.computed = (key) => ({ [key]: () => report(new Error('x')) })[key]()
globalThis.later = (act) => void setTimeout(act)
globalThis.leaks = () => findLeaks(document, statics)
globalThis.recording = () => datadog.session()?.replayUrl
`

/** Everything that is planted, done and said on one page, and everything that left it. */
export const runLab = async (
  browser: Browser,
  { preset, mutations = {} }: { readonly preset: Preset; readonly mutations?: Mutations },
): Promise<Lab> => {
  const vendor = await standInVendor()
  const sentry = await standInVendor()
  const toIntake: Sent[] = []
  const toApi: Sent[] = []
  const dropped: DropReason[] = []
  const complaints: string[] = []
  const scripts = await bundleMutated(pageScript, 'browser', mutations)
  const intake = await intakeWith(mutations)
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 20_000_000 })
  app.addHook('preHandler', async (request) => {
    if (request.url.startsWith('/cx/')) toIntake.push(await decode(request))
    if (request.url.startsWith('/api/')) toApi.push(await decode(request))
  })
  await app.register(intake.plugin, {
    apps: {
      'signup-web': { applicationId, clientToken: 'pub123', preset, statics: labStatics },
    },
    upstream: vendor.url,
    dropped: (reason: DropReason) => void dropped.push(reason),
  })
  app.all('/api/*', (_request, reply) => reply.send({}))
  app.get('/*', (request, reply) => {
    const file = scripts.get(request.url.slice(1))
    if (file) return reply.type('text/javascript').send(file.code)
    if (request.url.startsWith('/assets/'))
      return reply.type('image/svg+xml').send('<svg xmlns="http://www.w3.org/2000/svg"/>')
    if (!request.url.startsWith('/signup/')) return reply.code(404).send()
    const dsn = sentry.url.replace('//', '//key@') + '/1'
    return reply
      .type('text/html')
      .headers(pageHeaders)
      .send(pageHtml({ preset, statics: labStatics, sentry: dsn }))
  })
  const context = await browser.newContext()
  try {
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const page = await context.newPage()
    page.on('pageerror', (error) => {
      if (!/kanari/.test(error.message)) complaints.push(error.stack ?? error.message)
    })
    const address = canaryOf(channels.length)
    await page.goto(`${url}/signup/account?q=${address}#${address}`, {
      referer: `${url}/search/${canaryOf(channels.length + 1)}?q=x`,
    })
    await page.waitForFunction(() => 'recording' in globalThis && recording() !== undefined)
    for (const [index, { act, by }] of channels.entries())
      if (act && by === 'person') await act(page, canaryOf(index))
    await page.getByText('Continue').click()
    for (const [index, { act, by }] of channels.entries())
      if (act && by === 'developer' && index < channels.length - 1) await act(page, canaryOf(index))
    const named = await page.evaluate(() => leaks())
    await channels.at(-1)!.act!(page, canaryOf(channels.length - 1))
    // Past the flush of a segment, which comes every five seconds, however busy the machine is.
    await page.waitForTimeout(5500)
    for (let waited = 0; waited < 100 && snapshotsIn(toIntake) < 4; waited += 1)
      await page.waitForTimeout(200)
    await page.goto('about:blank')
    await quiet([toIntake, vendor.sent, sentry.sent])
    return {
      toIntake,
      toDatadog: vendor.sent,
      toSentry: sentry.sent,
      toApi,
      named,
      dropped,
      complaints,
    }
  } finally {
    await context.close()
    await app.close()
    await vendor.close()
    await sentry.close()
    await intake.remove()
  }
}

/** What every page with an intake on its own origin should send: requests to it bear the page's address otherwise. */
const pageHeaders = { 'referrer-policy': 'strict-origin' }

declare global {
  var recording: () => string | undefined
  var leaks: () => Leak[]
}

/** One for each of the page's addresses. */
const snapshotsIn = (sent: readonly Sent[]): number =>
  recordsIn(sent).filter(({ type }) => type === 2).length

const quiet = async (logs: readonly (readonly unknown[])[]): Promise<void> => {
  for (let before = -1, same = 0; same < 12;) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    const now = logs.reduce((sum, log) => sum + log.length, 0)
    same = now === before ? same + 1 : 0
    before = now
  }
}

const pageHtml = (
  options: object,
): string => `<!doctype html><html lang="en"><head><title>Sign up</title>
<style>.card { color: #112233; padding: 4px }</style></head><body>
<h1 class="card">Sign up</h1><form onsubmit="return false"><label>Company name<input></label></form>
<button>Continue</button>
${channels.map(({ html }, index) => html?.(canaryOf(index)) ?? '').join('\n')}
<script type="application/json" id="options">${JSON.stringify(options)}</script>
<script type="module" src="/page.js"></script></body></html>`

interface LabIntake {
  readonly plugin: FastifyPluginAsync<RumIntakeOptions>
  remove(): Promise<void>
}

/** The intake itself, or a copy of it from changed sources. */
const intakeWith = async (mutations: Mutations): Promise<LabIntake> => {
  if (Object.keys(mutations).length === 0) return { plugin: rumIntake, remove: async () => {} }
  const chunks = await bundleMutated("export { default } from './intake.ts'", 'node', mutations)
  // Below the package, from where css-tree is found.
  const results = fileURLToPath(new URL('../../.test-results/', import.meta.url))
  await mkdir(results, { recursive: true })
  const folder = await mkdtemp(join(results, 'intake-'))
  for (const [name, { code }] of chunks)
    await writeFile(join(folder, name.replace(/js$/, 'mjs')), code)
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const module = (await import(
      /* @vite-ignore */ pathToFileURL(join(folder, 'page.mjs')).href
    )) as { readonly default: FastifyPluginAsync<RumIntakeOptions> }
    return { plugin: module.default, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
