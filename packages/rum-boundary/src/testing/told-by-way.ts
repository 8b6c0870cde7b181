import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { bundle, type ReactBuild } from './bundle.ts'
import { serveSite, type Site } from './site.ts'
import { waysToThrow } from './ways-to-throw.tsx'

const pageScript = `
import { webApp } from 'cx-definition'
import { consoleSink } from './console.ts'
import { datadogSink } from './datadog.ts'
import { startErrorReporting } from './reporter.ts'
import { sentrySink } from './sentry.ts'
import { growth, message, waysToThrow } from './testing/ways-to-throw.tsx'

const way = new URLSearchParams(location.search).get('way')
const version = 'way-' + Object.keys(waysToThrow).indexOf(way)
const statics = { texts: [], names: ['page', 'field'], messages: [message], pages: ['/'], routes: [] }
startErrorReporting({
  app: webApp('signup-web', { owner: growth, pages: ['/'] }),
  counter: {
    error: ({ feature, owner, source }) =>
      console.info('counted', [owner?.name ?? 'unowned', feature?.name ?? 'none', source].join(' ')),
  },
  sinks: [
    consoleSink(),
    datadogSink({
      applicationId: '00000000-aaaa-0000-aaaa-000000000000',
      clientToken: 'token',
      service: 'signup-web',
      env: 'test',
      version,
      preset: 'signup',
      intake: '/cx/rum',
      statics,
    }),
    sentrySink({
      dsn: location.origin.replace('//', '//key@') + '/1',
      environment: 'test',
      release: version,
      statics,
    }),
  ],
  consent: 'granted',
})
waysToThrow[way].throws()
`

export const sinkNames = ['console', 'counter', 'datadog', 'sentry'] as const
/** By sink, what it was told: owner, feature and source of each event. */
export type Told = Record<(typeof sinkNames)[number], string[]>

/** Throws in each way, on a page of its own with the real SDKs, and gives what each sink was told until the end. */
export const toldByWay = async (
  browser: Browser,
  build: ReactBuild,
): Promise<Map<string, { readonly expected: string[]; readonly told: Told }>> => {
  const site = await serveSite(await bundle(pageScript, build))
  try {
    const ways = Object.entries(waysToThrow).map(
      ([way, { errors = 1, expected, react18 }], index) => {
        const owned = (build.version === 18 ? react18?.[build.mode] : undefined) ?? expected
        return {
          way,
          version: `way-${index}`,
          expected: owned ? Array<string>(errors).fill(owned) : [],
          said: { console: [] as string[], counter: [] as string[] },
        }
      },
    )
    const left = [...ways]
    const work = async () => {
      for (let next = left.shift(); next; next = left.shift()) await visit(browser, site, next)
    }
    await Promise.all([work(), work(), work()])
    return new Map(
      ways.map(({ expected, said, version, way }) => [
        way,
        { expected, told: { ...said, ...toldTrackers(site, version) } },
      ]),
    )
  } finally {
    await site.close()
  }
}

interface Visit {
  readonly way: string
  readonly version: string
  readonly expected: readonly string[]
  readonly said: { readonly console: string[]; readonly counter: string[] }
}

/** A page's events are known by the version it gives itself. */
const visit = async (browser: Browser, site: Site, { expected, said, version, way }: Visit) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.on('console', (line) => {
    const owned = /^\[(\w+)\/([\w-]+)\][^]*source: (\w+)/.exec(line.text())
    if (owned) said.console.push(owned.slice(1).join(' '))
    const [, counted] = /^counted (.*)/.exec(line.text()) ?? []
    if (counted) said.counter.push(counted)
  })
  const arrived = (sink: 'datadog' | 'sentry') =>
    expect
      .poll(() => toldTrackers(site, version)[sink].length, { timeout: 15_000 })
      .toBeGreaterThanOrEqual(expected.length)
      // The table shows what is missing.
      .catch(() => {})
  await page.goto(`${site.url}/?way=${encodeURIComponent(way)}`)
  await page.waitForTimeout(100)
  await arrived('sentry')
  await page.goto('about:blank')
  await arrived('datadog')
  await context.close()
}

const toldTrackers = (
  { datadog, sentry }: Site,
  page: string,
): Pick<Told, 'datadog' | 'sentry'> => ({
  datadog: datadog.flatMap(({ context, version }) => (version === page ? [owned(context)] : [])),
  sentry: sentry.flatMap(({ release, tags }) => (release === page ? [owned(tags)] : [])),
})

const owned = (tags: Record<string, unknown> = {}): string =>
  ['team', 'feature', 'source'].map((name) => String(tags[name])).join(' ')
