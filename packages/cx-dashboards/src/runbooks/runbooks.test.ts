import { parser } from '@prometheus-io/lezer-promql'
import {
  availability,
  breach,
  calendarQuarter,
  catalog,
  completion,
  days,
  feature,
  journey,
  latency,
  milliseconds,
  minutes,
  objective,
  operation,
  owner,
  percent,
  perHour,
  service,
  webApp,
} from 'cx-definition'
import { expect, test } from 'vitest'
import type { AlertLinks } from '../prometheus/alert-links.ts'
import { allAlerts } from '../prometheus/rules.ts'
import { runbookArtifacts } from './runbooks.ts'

const hostile =
  '{{ .Bad }} `x` <!-- cx-dashboards: end --> | [a](b)\n# *c* "d" \'e\' $f %g \\h \uD800'

const platform = owner('platform', { title: hostile })
const read = operation('a "b" `c` {{ d }} \'e\' $f', 'GET', '/documents/{id}')
const documents = feature('documents', {
  title: hostile,
  description: hostile,
  owner: platform,
  operations: [read],
})
const shop = webApp('shop', { title: hostile, owner: platform, pages: ['/'] })
const buying = journey('buying', { feature: documents, app: shop, steps: ['cart', 'pay'] })

const defined = catalog({
  owners: [platform],
  features: [documents],
  apps: [shop],
  journeys: [buying],
  services: [service(read.service, { owner: platform })],
  objectives: [
    objective('availability', {
      title: hostile,
      feature: documents,
      indicator: availability({ of: [read] }),
      target: percent(99.9),
      window: days(30),
      traffic: perHour(600),
      breaches: [breach({ below: percent(99), lasting: minutes(5) })],
    }),
    objective('latency', {
      feature: documents,
      indicator: latency({ of: [read], within: milliseconds(200) }),
      target: percent(90),
      window: calendarQuarter,
      runbook: 'https://wiki.example/latency',
    }),
    objective('completion', {
      feature: documents,
      indicator: completion({ of: buying }),
      target: percent(95),
      window: days(7),
    }),
  ],
})

const links: AlertLinks = {
  appsOf: () => [shop],
  grafanaUrl: 'https://grafana.example/',
  runbookUrl: undefined,
  datadogUrl: 'https://app.datadoghq.eu',
  customerDashboard: 'customer',
  dashboardOf: () => 'one',
}
const bare: AlertLinks = { ...links, grafanaUrl: undefined, datadogUrl: undefined }

const alerting = { contacts: [], environments: ['production', 'a "b" \'c\''] }

const pages = new Map(
  runbookArtifacts(defined, alerting, links).map(({ content, path }) => [path, content]),
)
const page = (name: string) => pages.get(`runbooks/${name}.md`) ?? ''

test('every alert has its page, and every page an alert', () => {
  const named = allAlerts(defined, alerting, links).map((alert) => `runbooks/${alert.page}.md`)
  expect([...pages.keys()].toSorted()).toEqual([...new Set(named), 'runbooks/README.md'].toSorted())
  expect(pages.size).toBe(9)
})

test('the list leads to every page, and says whose it is and how it tells', () => {
  const names = [...page('README').matchAll(/\]\(<([^>]*)\.md>\)/g)].map(([, name]) => name)
  expect(names.map((name) => `runbooks/${name}.md`)).toEqual(
    [...pages.keys()].filter((path) => path !== 'runbooks/README.md'),
  )
  expect(page('README')).toContain('| [latency: the error budget burns](<latency-burn.md>) | ')
  expect(page('README')).toMatch(/^\| \[Errors in browsers\].* \| ticket \|$/m)
  expect(page('README')).toMatch(/^\| .*\(<availability-burn\.md>\) \| .* \| page, ticket \|$/m)
})

test('every query is PromQL', () => {
  const queries = [...pages.values()].flatMap((text) =>
    [...text.matchAll(/^ {3}```promql\n {3}(.*)\n {3}```$/gm)].map(([, query = '']) => query),
  )
  expect(queries.length).toBeGreaterThan(30)
  for (const query of queries) expect(problemsOf(query), query).toEqual([])
})

const problemsOf = (query: string): string[] => {
  const problems: string[] = []
  parser.parse(query).iterate({
    enter: ({ from, to, type }) => {
      if (type.isError) problems.push(query.slice(from, to + 10))
    },
  })
  return problems
}

test('a burn page tells the tiers and the delays in the objective’s own numbers', () => {
  const text = page('availability-burn')
  expect(text).toContain('0.1 % of the events may be bad: about 432 of 432,000 at the declared 600')
  expect(text).toContain('| page | 1.44 %, beyond chance | 1 hour | 5 minutes | 2 % |')
  expect(text).toContain('| 100 % | 2 minutes |')
  expect(text).toContain('at least two customers hit')
})

test('a page says what of the tiers cannot be, and why', () => {
  expect(page('latency-burn')).toContain('Left out, since they can hardly fire: 21.6 times')
  expect(page('completion-burn')).toContain('Nothing here pages: browsers tell these figures')
  expect(page('completion-burn')).not.toContain('A page after about')
})

test('a page leads to dashboards, sessions, neighbours and the team’s own runbook', () => {
  expect(page('availability-burn')).toContain('[The dashboard](<https://grafana.example/d/one>)')
  expect(page('availability-customer')).toContain('(<https://grafana.example/d/customer>)')
  expect(page('availability-burn')).toContain('[latency](<latency-burn.md>)')
  expect(page('latency-burn')).toContain('(<https://wiki.example/latency>)')
  expect(page('browser-errors')).toContain('https://app.datadoghq.eu/rum/sessions?query=')
})

test('without Grafana, Datadog and neighbours a page is whole all the same', () => {
  for (const { content } of runbookArtifacts(defined, alerting, bare)) {
    expect(content).not.toContain('undefined')
    expect(content).not.toMatch(/\]\(<https:(?!\/\/wiki)/)
  }
})

test('no name breaks out of its place, and a page with hostile names is built anew without loss', () => {
  for (const { content, keeping } of runbookArtifacts(defined, alerting, links)) {
    expect(content.isWellFormed()).toBe(true)
    expect(content.match(/^<!-- cx-dashboards:/gm)).toHaveLength(2)
    expect(keeping?.(`above\n${content}below`)).toBe(`above\n${content}below`)
  }
})
