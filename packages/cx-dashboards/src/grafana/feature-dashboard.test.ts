import {
  availability,
  catalog,
  days,
  feature,
  type Feature,
  journey,
  objective,
  operation,
  owner,
  percent,
  webApp,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { featureDashboard } from './feature-dashboard.ts'

const growth = owner('growth', { title: 'Growth' })
const signup = feature('signup', {
  title: 'Signup',
  owner: growth,
  operations: [operation('api', 'POST', '/a'), operation('api', 'POST', '/b')],
})
const invoices = feature('invoices', { owner: growth, operations: [operation('api', 'GET', '/i')] })
const web = webApp('signup-web', { owner: growth, pages: ['/a'] })
const product = webApp('product-web', { owner: growth, pages: ['/p'] })
const steps = journey('sign-up', { feature: signup, app: web, steps: ['account', 'company'] })
const first = journey('first-session', {
  feature: signup,
  app: product,
  steps: ['documents'],
  follows: steps,
})
const definition = catalog({
  owners: [growth],
  features: [signup, invoices],
  apps: [web, product],
  journeys: [steps, first],
  objectives: [
    objective('signup-available', {
      title: 'The signup is available',
      feature: signup,
      indicator: availability({ of: signup.operations }),
      target: percent(99),
      window: days(30),
    }),
  ],
})

interface Built {
  readonly title: string
  readonly type: string
  readonly targets?: readonly { readonly expr: string; readonly legendFormat?: string }[]
  readonly fieldConfig?: unknown
  readonly gridPos: { readonly w: number; readonly y: number }
}

const built = (of: Feature = signup, datadog?: { readonly site: string }) => {
  const [{ json } = { json: undefined }] = buildDashboards(
    defineDashboards({
      catalog: definition,
      folder: { uid: 'cx', title: 'CX' },
      dashboards: [featureDashboard({ catalog: definition, feature: of, uid: 'feature' })],
      datadog,
    }),
  )
  const panels = (json?.panels ?? []) as unknown as readonly Built[]
  const panel = (title: string) => panels.find((each) => each.title === title)
  return { json, panels, panel }
}

test('a feature’s dashboard needs nothing but the catalog', () => {
  const titles = built().panels.map(({ title }) => title)
  for (const title of [
    'Health',
    'The signup is available',
    'Journey: sign-up',
    'sign-up: funnel',
    'Reached product-web',
    'Errors by owner',
    'Web vitals',
    'API endpoints',
  ])
    expect(titles).toContain(title)
})

test('the first lines are full, and a title with a name in it has a quarter of one, or it would be cut', () => {
  const titles = ['Signup', 'The signup is available', 'sign-up: completed', 'Reached product-web']
  const { panel, panels } = built()
  for (const title of titles) expect(panel(title)?.gridPos.w, title).toBeGreaterThanOrEqual(6)
  const lines = Map.groupBy(
    panels.slice(
      1,
      panels.findIndex(({ title }) => title.startsWith('Journey')),
    ),
    ({ gridPos }) => gridPos.y,
  )
  const widths = [...lines.values()].map((line) =>
    line.reduce((sum, { gridPos }) => sum + gridPos.w, 0),
  )
  expect(widths).toEqual([24, 24])
})

test('a feature without a journey has its service, and its errors in whichever app', () => {
  const { panel, panels } = built(invoices)
  const titles = panels.filter(({ type }) => type === 'row').map(({ title }) => title)
  expect(titles).toEqual(['Health', 'Its errors in browsers', 'API'])
  const mine =
    'app=~"signup-web|product-web", feature="invoices", deployment_environment_name="$environment"'
  const all = 'app=~"signup-web|product-web", deployment_environment_name="$environment"'
  const asked = (title: string) => panel(`invoices: ${title}`)?.targets?.map(({ expr }) => expr)
  expect(asked('errors')).toEqual([
    `sum(increase(cx_errors_total{${mine}}[$__range])) or 0 * sum(increase(cx_sessions_total{${all}}[$__range]))`,
  ])
  for (const title of ['sessions hit', 'errors by source', 'errors over time, by source'])
    expect(asked(title)?.join(), title).toContain(mine)
  expect(asked('sessions hit over time, by owner')).toEqual([
    `sum by (owner) (rate(cx_error_sessions_total{${mine}}[10m])) / scalar(sum(rate(cx_sessions_total{${all}}[10m])))`,
  ])
})

test('all errors of its journeys’ apps are told beside its own', () => {
  const [all] = built().panel('Errors')?.targets ?? []
  expect(all?.expr).toContain('cx_errors_total')
  expect(all?.expr).not.toContain('feature=')
  expect(built().panel('Signup: errors')?.targets?.[0]?.expr).toContain('feature="signup"')
})

test('the funnel has a bar for each step in their order and one for the end, 0 where the app had sessions and nobody came', () => {
  const targets = built().panel('sign-up: funnel')?.targets ?? []
  expect(targets.map(({ legendFormat }) => legendFormat)).toEqual([
    '1 account',
    '2 company',
    'Finished',
  ])
  expect(targets[1]?.expr).toBe(
    'sum(increase(cx_journey_steps_total{app="signup-web", journey="sign-up", step="company", event="entered", deployment_environment_name="$environment"}[$__range]))' +
      ' or 0 * sum(increase(cx_sessions_total{app="signup-web", deployment_environment_name="$environment"}[$__range]))',
  )
  expect(targets[2]?.expr).toContain('step="company", event="completed"')
})

test('each query is bound to the environment', () => {
  for (const { targets = [], title } of built().panels)
    for (const { expr } of targets)
      for (const [selector] of expr.matchAll(/cx_\w+\{[^}]*\}/g))
        expect(selector, title).toContain('deployment_environment_name="$environment"')
})

test('where Datadog is, sessions and an owner’s errors are a click away, with the time', () => {
  const { json, panel } = built(signup, { site: 'us5.datadoghq.com' })
  const [, link, errors] = json?.links ?? []
  expect(errors?.title).toBe('Errors of Growth in Datadog')
  expect(errors?.url).toContain('%40type%3Aerror%20service%3A(signup-web%20OR%20product-web)')
  expect(errors?.url).toContain('%20%40context.team%3Agrowth&from_ts=${__from}&to_ts=${__to}')
  expect(link?.url).toBe(
    'https://us5.datadoghq.com/rum/sessions?query=%40type%3Asession%20service%3A(signup-web%20OR%20product-web)%20env%3A${environment}&from_ts=${__from}&to_ts=${__to}&live=false',
  )
  const owners = JSON.stringify(panel('Errors by owner')?.fieldConfig)
  expect(owners).toContain('https://us5.datadoghq.com/rum/sessions?query=%40type%3Aerror%20')
  expect(JSON.stringify(panel('API endpoints'))).toContain(
    'https://us5.datadoghq.com/apm/traces?query=env%3A${environment}%20%40http.route%3A%22${__value.raw}%22&start=${__from}&end=${__to}',
  )
  expect(owners).toContain('%40context.team%3A${__value.raw}')
})

test('where Datadog is not, nothing leads there', () => {
  expect(JSON.stringify(built().json)).not.toMatch(/datadog/i)
})

test.for([
  ['datadoghq.com', 'https://app.datadoghq.com/'],
  ['datadoghq.eu', 'https://app.datadoghq.eu/'],
  ['ap1.datadoghq.com', 'https://ap1.datadoghq.com/'],
] as const)('the site %s is at %s', ([site, url]) => {
  expect(built(signup, { site }).json?.links?.[1]?.url?.startsWith(url)).toBe(true)
})

test.for([
  'https://datadoghq.com',
  'app.datadoghq.eu',
  'api.datadoghq.com',
  'example.com',
  'datadoghq.com/x',
  'datadoghq.com.evil.example',
])('refuses %s, which is no site of Datadog', (site) => {
  expect(() => built(signup, { site })).toThrow(/datadog\.site.*is no site of Datadog/)
})

test('refuses a feature that the catalog does not know', () => {
  const unknown = feature('unknown', { owner: growth })
  expect(() => built(unknown)).toThrow(/featureDashboard\.feature.*"unknown"/)
})
