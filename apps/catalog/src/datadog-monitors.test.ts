import { buildArtifacts, type DashboardSet } from 'cx-dashboards'
import { expect, test, vi } from 'vitest'
import { parse } from 'yaml'

vi.stubEnv('DD_SITE', 'datadoghq.eu')
const { default: set } = await import('../cx-dashboards.config.ts')

interface Monitor {
  readonly name: string
  readonly type: string
  readonly message: string
  readonly tags: readonly string[]
}

const monitorsOf = (given: DashboardSet): ReadonlyMap<string, Monitor> =>
  new Map(
    buildArtifacts(given)
      .filter(({ path }) => path.startsWith('datadog/monitors/'))
      .map(({ content, path }) => [
        path.slice('datadog/monitors/'.length, -'.json'.length),
        JSON.parse(content) as Monitor,
      ]),
  )

const monitors = monitorsOf(set)

test('three teams have at most three monitors of browsers each', () => {
  const teams = new Map<string, number>()
  for (const { tags, type } of monitors.values()) {
    if (type !== 'rum alert' && type !== 'error-tracking alert') continue
    const team = tags.find((each) => each.startsWith('team:')) ?? 'nobody'
    teams.set(team, (teams.get(team) ?? 0) + 1)
  }
  expect([...teams.keys()].toSorted()).toEqual(['team:growth', 'team:identity', 'team:platform'])
  expect(Math.max(...teams.values())).toBeLessThanOrEqual(3)
})

interface Rule {
  readonly alert?: string
  readonly expr: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

test('every Prometheus alert that pages has a twin that pages the same team and names the same runbook', () => {
  const paging = buildArtifacts(set)
    .filter(({ path }) => path.startsWith('prometheus/') && path.endsWith('.rules.yml'))
    .flatMap(({ content }) => (parse(content) as { groups: { rules: Rule[] }[] }).groups)
    .flatMap(({ rules }) => rules)
    .filter(({ alert, labels }) => alert !== undefined && labels?.['severity'] === 'page')
  expect(paging.length).toBeGreaterThan(5)
  for (const { alert, annotations = {}, expr, labels = {} } of paging) {
    const service = /service_name="([^"]+)"/.exec(expr)?.[1]
    const isTwin = {
      CxErrorBudgetBurn: (name: string) => name === `${labels['objective']}-page`,
      CxBreach: (name: string) => name.startsWith(`${labels['objective']}-below-`),
      CxServiceSilent: (name: string) => name === `${service}-silent`,
    }[alert ?? '']
    const twin = [...monitors].find(
      ([name, { tags }]) => isTwin?.(name) && tags.includes('severity:page'),
    )
    expect(twin?.[1].tags, `${alert} of ${labels['objective'] ?? service}`).toContain(
      `team:${labels['owner']}`,
    )
    expect(twin?.[1].message).toContain(annotations['runbook_url'])
  }
})

test('the sample tells nobody in Datadog until it is told to', () => {
  for (const { message, tags } of monitors.values()) {
    expect(message).not.toMatch(/@\w/)
    expect(tags).toContain('cx_mode:shadow')
  }
})
