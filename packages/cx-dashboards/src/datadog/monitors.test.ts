import {
  availability,
  breach,
  calendarMonth,
  calendarQuarter,
  catalog,
  type CatalogOptions,
  days,
  feature,
  minutes,
  objective,
  type ObjectiveWindow,
  operation,
  owner,
  percent,
  perHour,
  service,
  webApp,
} from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { datadogObjects } from './datadog-objects.ts'
import { datadogKinds, type DatadogObject } from './datadog-object.ts'
import { datadogMonitors } from './monitors.ts'
import { roundTrip } from './testing/round-trip.ts'
import { sampleContext } from './testing/sample-context.ts'

const platform = owner('platform')
const read = operation('api', 'GET', '/read')
const reading = feature('reading', { owner: platform, operations: [read] })

const promised = (target: number, window: ObjectiveWindow = days(30)): CatalogOptions => ({
  owners: [platform],
  features: [reading],
  objectives: [
    objective('read', {
      feature: reading,
      indicator: availability({ of: [read] }),
      target: percent(target),
      window,
      traffic: perHour(600),
    }),
  ],
})
const monitorsOf = (options: CatalogOptions) => datadogMonitors(sampleContext({}, catalog(options)))
const named = (objects: readonly DatadogObject[], name: string) =>
  objects.find((each) => each.name === name)?.json
const textOf = (field: unknown): string => (typeof field === 'string' ? field : '')
const isPart = ({ json }: DatadogObject) => JSON.stringify(json['tags']).includes('cx_role:part')

test('only what is put together tells somebody, and each part is read by one that does', () => {
  const monitors = datadogMonitors(sampleContext())
  const [parts, told] = [monitors.filter(isPart), monitors.filter((each) => !isPart(each))]
  const readings = told.map(({ json }) => textOf(json['query'])).join(' ')
  for (const { json, name } of parts) {
    expect(textOf(json['message'])).not.toContain('@')
    expect(json['priority']).toBe(null)
    expect(readings).toContain(`cx-ref(monitor/${name})`)
  }
  for (const { json } of told) expect(textOf(json['message'])).toMatch(/\n@(pagerduty|slack)-\w+$/)
})

test('no composite monitor reads another, or more than ten', () => {
  const monitors = datadogMonitors(sampleContext())
  for (const { json } of monitors.filter((each) => each.json['type'] === 'composite')) {
    const parts = [...textOf(json['query']).matchAll(/cx-ref\(monitor\/([\w-]+)\)/g)]
    expect(new Set(parts.map(([, name]) => name)).size).toBeLessThanOrEqual(10)
    for (const [, name = ''] of parts) expect(named(monitors, name)?.['type']).not.toBe('composite')
  }
})

test('a shadow tells nobody, and says that it is one', () => {
  for (const { json } of datadogMonitors(sampleContext({ mode: 'shadow' }))) {
    expect(textOf(json['message'])).not.toMatch(/@\w/)
    expect(json['tags']).toContain('cx_mode:shadow')
  }
})

test('what browsers tell never pages', () => {
  const monitors = datadogMonitors(sampleContext())
  const ofBrowsers = monitors.filter(({ json, name }) =>
    /signup-completion|browser-errors|new-errors/.test(name + textOf(json['query'])),
  )
  expect(ofBrowsers.length).toBeGreaterThan(6)
  for (const { json } of ofBrowsers) {
    expect(json['tags']).not.toContain('severity:page')
    expect(textOf(json['message'])).not.toContain('@pagerduty')
  }
})

test('an owner has at most two monitors of browsers, and those of new errors only where they are asked for', () => {
  const ofBrowsers = (newErrors: boolean) =>
    datadogMonitors(sampleContext({ newErrors })).filter(({ json }) =>
      ['error-tracking alert', 'rum alert'].includes(textOf(json['type'])),
    )
  expect([ofBrowsers(false).length, ofBrowsers(true).length]).toEqual([2, 4])
})

test.for([
  [days(7), '7d', 8.4],
  [days(28), '30d', 13.44],
  [days(30), '30d', 14.4],
  [days(90), '90d', 21.6],
  [calendarMonth, '30d', 14.4],
  [calendarQuarter, '90d', 21.6],
] as const)('of a window, Datadog looks at the one it has: %j', ([window, timeframe, factor]) => {
  const objects = datadogObjects(sampleContext({}, catalog(promised(99.9, window))))
  const slo = objects.find(({ kind }) => kind === 'slo')?.json
  expect(slo?.['thresholds']).toEqual([{ timeframe, target: 99.9 }])
  expect(textOf(slo?.['description']).includes('which is what Datadog can count')).toBe(
    `${window.seconds / 86_400}d` !== timeframe || 'calendar' in window,
  )
  expect(named(objects, 'read-burn-1h')?.['query']).toContain(
    `.over("${timeframe}").long_window("1h").short_window("5m") > ${factor}`,
  )
})

test('a window of Datadog is shorter than three days, and what it cannot burn is left out', () => {
  const names = (target: number) => monitorsOf(promised(target)).map(({ name }) => name)
  const all = ['burn-1h', 'burn-6h', 'burn-1d', 'burn-2d'].map((each) => `read-${each}`)
  expect(names(99.99)).toEqual(expect.arrayContaining([...all, 'read-page', 'read-ticket']))
  // Half may fail: only the slowest can ever burn.
  expect(names(50)).toEqual(['read-burn-2d', 'read-evidence-2d', 'read-ticket'])
  const slowest = named(monitorsOf(promised(99.9)), 'read-burn-2d')
  expect(slowest?.['query']).toContain('.long_window("48h").short_window("240m") > 1')
})

test('an SLO has no more decimals than Datadog takes', () => {
  const [slo] = datadogObjects(sampleContext({}, catalog(promised(99.99995))))
  expect(slo?.json['thresholds']).toEqual([{ timeframe: '30d', target: 99.999 }])
  expect(slo?.json['description']).toContain('99.999 %')
})

test('where requests are rare, the short window is as long as they need', () => {
  const rare = (rate: number) => {
    const [of, ...others] = promised(99.9).objectives ?? []
    const options = {
      ...promised(99.9),
      objectives: of ? [{ ...of, traffic: perHour(rate) }, ...others] : [],
    }
    return textOf(named(monitorsOf(options), 'read-burn-1h')?.['query'])
  }
  expect(rare(600)).toContain('.short_window("5m")')
  expect(rare(60)).toContain('.short_window("15m")')
  expect(rare(1)).toContain('.short_window("30m")')
})

test('whoever was told of silence is told by the data that is missing', () => {
  const monitors = datadogMonitors(sampleContext())
  expect(named(monitors, 'docs-silent')).toMatchObject({
    tags: expect.arrayContaining(['service:docs', 'severity:page']),
    options: { on_missing_data: 'show_and_notify_no_data' },
  })
})

test('no monitor has both options for missing data, of which Datadog takes one', () => {
  for (const { json } of datadogMonitors(sampleContext())) {
    const options = Object.keys(Object(json['options']))
    expect(
      options.includes('notify_no_data') !== options.includes('on_missing_data'),
      textOf(json['name']),
    ).toBe(true)
  }
})

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '{{value}}',
        '{{#is_alert}}',
        '{',
        '@all',
        '@',
        '@slack-x y',
        '\n',
        '\\',
        ')',
        '](',
        ',',
        ':',
        '*',
        '\u2028',
        'é',
        '日',
      ),
      fc.string({ maxLength: 300 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => `x${parts.join('')}`)
  .filter((each) => each.isWellFormed())

/** Titles and services that are called anything. */
const hostile = fc
  .record({ title: text, app: text, services: fc.uniqueArray(text, { maxLength: 3 }), url: text })
  .map(({ app, services, title, url }) => {
    const team = owner('team', { title })
    const api = feature('api', {
      title,
      description: title,
      owner: team,
      operations: [operation(app, 'GET', `/${app}`)],
    })
    // One of which there is nothing to show, and so no dashboard to lead to.
    const bare = feature('bare', { owner: team })
    const indicator = availability({ of: api.operations })
    const options: CatalogOptions = {
      owners: [team],
      features: [api, bare],
      apps: [webApp('shop', { title: app, owner: team, pages: ['/a'] })],
      services: services.map((name) => service(name, { owner: team })),
      objectives: [
        objective('api', {
          title,
          feature: api,
          indicator,
          target: percent(99.9),
          window: days(30),
          breaches: [
            breach({ below: percent(99), lasting: minutes(5) }),
            breach({ below: percent(99), lasting: minutes(5), severity: 'page' }),
          ],
        }),
        objective('bare', { feature: bare, indicator, target: percent(99), window: days(7) }),
      ],
    }
    return {
      ...sampleContext({ mode: 'shadow' }, catalog(options)),
      runbookOf: () => `https://wiki.example/@all/{{value}}?${url}`,
      grafanaTwin: () => undefined,
    }
  })

test('whatever things are called, names are names, ids are found, and nothing of a title is taken for a handle or a variable', () => {
  fc.assert(
    fc.property(hostile, (context) => {
      const objects = datadogObjects(context)
      const places = objects.map(({ kind, name }) => `${kind}/${name}`)
      expect(new Set(places).size).toBe(places.length)
      for (const { name } of objects) expect(name).toMatch(/^[a-z\d]+(?:-[a-z\d]+)*$/)
      for (const [, kind, name] of JSON.stringify(objects).matchAll(/cx-ref\((\w+)\/([\w-]+)\)/g)) {
        expect(datadogKinds).toContain(kind)
        expect(places).toContain(`${kind}/${name}`)
      }
      for (const { json, kind } of objects.filter((each) => each.kind !== 'dashboard')) {
        const said = `${textOf(json['name'])} ${kind === 'monitor' ? textOf(json['message']) : ''}`
        expect(said).not.toMatch(/@[^\u200B]/u)
        expect(
          said.match(
            /\{\{(?!#is_recovery\}\}|\/is_recovery\}\}|[a-e]\.value\}\}|value\}\} %|service\.name\}\}|eval "last_triggered_at_epoch-3600\*1000"\}\}|last_triggered_at_epoch\}\})/g,
          ),
        ).toBe(null)
        expect(said.split('\n').join('')).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      }
    }),
    { numRuns: 60 },
  )
})

test('whatever things are called, Datadog’s own model knows all of every SLO and monitor', () => {
  fc.assert(
    fc.property(hostile, (context) => {
      for (const object of datadogObjects(context).filter(({ kind }) => kind !== 'dashboard')) {
        const { json, unknown } = roundTrip(object)
        expect(unknown).toEqual([])
        expect(json).toEqual(object.json)
      }
    }),
    { numRuns: 20 },
  )
})
