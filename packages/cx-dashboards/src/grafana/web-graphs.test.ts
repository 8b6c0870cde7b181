import {
  catalog,
  completion,
  days,
  feature,
  journey,
  objective,
  owner,
  percent,
  webApp,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { row } from './dashboard.ts'
import { colors } from './house-style.ts'
import { journeyGraph } from './journey-graph.ts'
import { objectiveGraph } from './objective-graph.ts'
import type { Panel } from './panel.ts'
import { webAppGraph } from './web-app-graph.ts'

const growth = owner('growth', { title: 'Growth' })
const signup = feature('signup', { title: 'Signup', owner: growth })
const web = webApp('signup-web', { title: 'Signup page', owner: growth, pages: ['/a'] })
const product = webApp('product-web', { title: 'Product', owner: growth, pages: ['/p'] })
const manySteps = Array.from({ length: 12 }, (_, index) => `step-${index + 1}`)
const steps = journey('sign-up', { feature: signup, app: web, steps: ['account', 'company'] })
const long = journey('long', { feature: signup, app: web, steps: manySteps })
const first = journey('first-session', {
  feature: signup,
  app: product,
  steps: ['documents'],
  follows: steps,
})
const completed = objective('signup-completed', {
  feature: signup,
  indicator: completion({ of: steps }),
  target: percent(95),
  window: days(30),
})
const definition = catalog({
  owners: [growth],
  features: [signup],
  apps: [web, product],
  journeys: [steps, first, long],
  objectives: [completed],
})

interface Built {
  readonly title: string
  readonly description: string
  readonly type: string
  readonly targets?: readonly { readonly expr: string; readonly legendFormat?: string }[]
  readonly options: Readonly<Record<string, unknown>>
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit?: string
      readonly noValue?: string
      readonly thresholds?: { readonly steps: readonly { value: number | null; color: string }[] }
    }
    readonly overrides: readonly {
      readonly matcher: { readonly options: string }
      readonly properties: readonly { readonly id: string; readonly value: unknown }[]
    }[]
  }
}

const build = (panels: readonly Panel[]): Built[] => {
  const [dashboard] = buildDashboards(
    defineDashboards({
      catalog: definition,
      folder: { uid: 'cx', title: 'CX' },
      dashboards: [{ uid: 'one', title: 'One', description: 'd', rows: [row('Row', panels)] }],
    }),
  )
  return dashboard!.json.panels!.slice(1) as unknown as Built[]
}

const everyPanel = (): Panel[] => [
  ...Object.values(journeyGraph({ journey: first })).map((panel) => panel()),
  ...Object.values(webAppGraph({ apps: [web, product] })).map((panel) => panel()),
  objectiveGraph({ objective: completed }).standing(),
]

test('every panel of a journey and of web apps can be placed by hand, with a title, a description and a unit', () => {
  for (const { description, fieldConfig, targets, title, type } of build(everyPanel())) {
    expect(title).not.toBe('')
    expect(description, title).not.toBe('')
    if (type === 'text') continue
    expect(targets?.length, title).toBeGreaterThan(0)
    if (type !== 'table') expect(fieldConfig.defaults.unit, title).toBeDefined()
  }
})

test('no number, table or bar is 100 % or NaN where nothing was told', () => {
  for (const { fieldConfig, title, type } of build(everyPanel())) {
    if (!['stat', 'table', 'bargauge'].includes(type)) continue
    expect(fieldConfig.defaults.noValue, title).toMatch(/^(Not enough data|No errors seen)$/)
    if (fieldConfig.defaults.unit === 'percentunit')
      expect(JSON.stringify(fieldConfig), title).toContain('"match":"null+nan"')
  }
})

test('no errors are 0 where there were sessions, and unknown where there was none', () => {
  const [panel] = build([webAppGraph({ apps: [web] }).errors()])
  const where = 'app="signup-web", deployment_environment_name="$environment"'
  expect(panel!.targets![0]!.expr).toBe(
    `sum(increase(cx_errors_total{${where}}[$__range])) or 0 * sum(increase(cx_sessions_total{${where}}[$__range]))`,
  )
})

test('steps keep their order in text, also past nine', () => {
  const [panel] = build([journeyGraph({ journey: long }).funnel()])
  const names = panel!.targets!.map(({ legendFormat }) => legendFormat as string)
  expect(names.slice(0, 2)).toEqual(['01 step-1', '02 step-2'])
  expect(names.slice(0, -1).toSorted()).toEqual(names.slice(0, -1))
})

test('who reached a journey is counted of those who finished the one before', () => {
  const [panel] = build([journeyGraph({ journey: first }).reached()])
  const [, begun, finished] =
    /^clamp_max\(\(sum\(increase\((\S+), .*\) \/ \(sum\(increase\((.*?), deployment.*, 1\)$/s.exec(
      panel!.targets![0]!.expr,
    ) ?? []
  expect(begun).toContain('app="product-web"')
  expect(finished).toBe(
    'cx_journey_steps_total{app="signup-web", journey="sign-up", step="company", event="completed"',
  )
})

test('a journey that follows none has nobody to reach it', () => {
  expect(() => build([journeyGraph({ journey: steps }).reached()])).toThrow(
    'journeyGraph("sign-up").reached: the journey follows none',
  )
})

test('targets colour the numbers, the right way round', () => {
  const journeys = journeyGraph({ journey: steps, targets: { completion: percent(60) } })
  const apps = webAppGraph({ apps: [web], targets: { sessionsHit: percent(1) } })
  const panels = build([
    journeys.completion(),
    apps.sessionsHit(),
    objectiveGraph({ objective: completed }).standing(),
  ])
  expect(panels.map(({ fieldConfig }) => fieldConfig.defaults.thresholds!.steps)).toEqual([
    [
      { value: null, color: colors.bad },
      { value: 0.6, color: colors.good },
    ],
    [
      { value: null, color: colors.good },
      { value: 0.01, color: colors.bad },
    ],
    [
      { value: null, color: colors.bad },
      { value: 0.95, color: colors.good },
    ],
  ])
  expect(panels[0]!.description).toContain('Target: 60 %.')
})

test.for([
  [
    journeyGraph({ journey: steps, targets: { completion: percent(101) } }).completion(),
    'journeyGraph("sign-up").targets.completion',
  ],
  [
    webAppGraph({ apps: [web], targets: { sessionsHit: percent(0) } }).sessions(),
    'webAppGraph("Signup page").targets.sessionsHit',
  ],
] as const)('a target that cannot be met or missed is refused: %#', ([panel, path]) => {
  expect(() => build([panel])).toThrow(path)
})

test('a name and a description of one’s own stand on the panels', () => {
  const { completion: share, note } = journeyGraph({
    journey: steps,
    name: 'Onboarding',
    description: 'Mine',
  })
  const [number, text] = build([share(), note()])
  expect(number!.title).toBe('Onboarding: completed')
  expect(text!.title).toBe('Onboarding')
  expect(text!.options['content']).toBe('Mine')
})

test('owners, sources and apps keep their colours, of those that colour-blind people tell apart', () => {
  const [byOwner] = build([webAppGraph({ apps: [web] }).errorsByOwnerOverTime()])
  expect(
    byOwner!.fieldConfig.overrides.map(({ matcher, properties }) => [
      matcher.options,
      (properties[0]!.value as { fixedColor: string }).fixedColor,
    ]),
  ).toEqual([
    ['growth', colors.first],
    ['unowned', colors.warning],
  ])
})
