import { minutes } from 'cx-definition'
import { expect, test } from 'vitest'
import { formula } from './datadog-judge/formula.ts'
import { incidents } from './datadog-judge/incidents.ts'
import { metricQuery } from './datadog-judge/metric-query.ts'
import { tagFilter } from './datadog-judge/tag-filter.ts'
import { type Firing, firingsInDatadog, firingsInPrometheus } from './datadog-judge/twins.ts'

/** What tells the same on both sides. An outage of single customers has no monitor: the budget of all tells of it. */
const twins: Readonly<Record<string, readonly [alert: string, monitor: string]>> = {
  page: ['CxErrorBudgetBurn page', 'read-page'],
  ticket: ['CxErrorBudgetBurn ticket', 'read-ticket'],
  breach: ['CxBreach page', 'read-below-0-99-15m-page'],
  silence: ['CxServiceSilent page', 'api-silent'],
  browser: ['CxBrowserErrors ticket', 'platform-browser-errors'],
}
const withoutTwin = 'CxCustomerOutage ticket'

// Minutes by which the two may begin apart: Datadog looks at windows of two days once in half an hour, and those tell tickets.
const tolerance = (kind: string): number => (kind === 'ticket' ? 30 : 5)

test.for(incidents.map((incident) => [incident.what, incident] as const))('%s', ([, incident]) => {
  const { catalog, differs, every = 1, fires, stream } = incident
  const prometheus = firingsInPrometheus(catalog, stream, minutes(every))
  const datadog = firingsInDatadog(catalog, stream)
  const found = Object.entries(twins)
    .map(([kind, [alert, monitor]]) => [kind, prometheus.get(alert), datadog.get(monitor)] as const)
    .filter(([, ...firings]) => firings.some((each) => each !== undefined))
  expect(
    Object.fromEntries(found.map(([kind, ...both]) => [kind, both.map(written).join(' / ')])),
  ).toEqual(fires)

  const known = Object.values(twins)
  expect([...prometheus.keys()].filter((alert) => !known.some(([each]) => each === alert))).toEqual(
    prometheus.has(withoutTwin) ? [withoutTwin] : [],
  )
  expect([...datadog.keys()].filter((name) => !known.some(([, each]) => each === name))).toEqual([])
  if (prometheus.has(withoutTwin)) expect(datadog.size).toBeGreaterThan(0)

  const apart = found.filter(
    ([kind, one, other]) => Math.abs((one?.from ?? -999) - (other?.from ?? -999)) > tolerance(kind),
  )
  expect(apart.length > 0, 'whether they differ').toBe(differs !== undefined)
})

test('what fails in staging tells nobody of production', () => {
  const [outage] = incidents.filter(({ fires }) => 'page' in fires)
  if (!outage) throw new Error('no outage')
  const { metrics, ...stream } = outage.stream
  const staging = metrics.map((each) => ({ ...each, tags: { ...each.tags, env: 'staging' } }))
  expect(firingsInDatadog(outage.catalog, { ...stream, metrics: staging }).size).toBe(0)
})

test('what the judge cannot read is no silence', () => {
  for (const text of ['env:a AND', 'env', 'a:b OR (c:d', 'a:b c:d', 'a IN b'])
    expect(() => tagFilter(text), text).toThrow('no filter')
  for (const text of ['1 +', 'sum:a{b:c', '(1', '1 2', 'sqrt(2)', 'a ^ 2'])
    expect(() => formula(text), text).toThrow('no formula')
  expect(() => metricQuery('avg:a{*}', [])).toThrow('no query')
})

const written = (firing: Firing | undefined): string =>
  firing ? `${firing.from} to ${firing.to}` : 'never'
