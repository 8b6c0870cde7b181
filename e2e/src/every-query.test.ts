import { buildDashboards, defineDashboards, journeyGraph, row } from 'cx-dashboards'
import { catalog, journey, webApp } from 'cx-definition'
import { selfSignup } from 'sample-catalog/features'
import { growth } from 'sample-catalog/owners'
import { signupWeb } from 'sample-catalog/web'
import set from 'sample-catalog/dashboards'
import { beforeAll, describe, expect, test } from 'vitest'
import { reasonFor } from './empty-when-well.ts'
import { labelSets, query, queryRange } from './prometheus.ts'
import { slowRules, stillEmpty } from './slow-rules.ts'

// What Grafana would put in, at a glance of five minutes.
const variables: Readonly<Record<string, string>> = {
  __range: '5m',
  __rate_interval: '15s',
  __interval_ms: '30000',
  environment: 'development',
  customer: 'contoso',
}

const interpolated = (text: string): string =>
  text.replaceAll(/\$(\w+)/g, (_, name: string) => {
    const value = variables[name]
    if (value === undefined) throw new Error(`no value for the variable ${name} in ${text}`)
    return value
  })

interface PanelJson {
  readonly title: string
  readonly type: string
  readonly targets?: readonly {
    readonly refId: string
    readonly expr: string
    readonly instant?: boolean
  }[]
}

interface Asked {
  readonly place: string
  readonly expression: string
  readonly instant: boolean
}

const dashboards = buildDashboards(set).map(({ json, uid }) => {
  const panels = json.panels as unknown as readonly PanelJson[]
  const asked = panels.flatMap(({ targets = [], title, type }) =>
    targets.map(({ expr, instant = false, refId }): Asked => ({
      place: `${uid}: ${title} (${type}) ${refId}`,
      expression: interpolated(expr),
      instant,
    })),
  )
  const marks = (json.annotations?.list ?? []).flatMap(({ datasource, expr = '', name }): Asked[] =>
    // What people told Grafana is in its own store; Prometheus has no answer to it.
    datasource?.type === 'grafana'
      ? []
      : [
          {
            place: `${uid}: ${name} (annotation)`,
            expression: interpolated(expr),
            instant: false,
          },
        ],
  )
  return { uid, json, asked: [...asked, ...marks] }
})

const isEmpty = async ({ expression, instant }: Asked): Promise<boolean> => {
  const found = instant
    ? (await query(expression)).map(({ value }) => value)
    : (await queryRange(expression)).flatMap(({ values }) => values)
  return !found.some(([, value]) => Number.isFinite(Number(value)))
}

// The Prometheus of this test is minutes old: of the weeks before, it knows nothing, which is not 0.
const isAboutThePast = ({ expression }: Asked): boolean => / offset \d+w/.test(expression)

const all = dashboards.flatMap(({ asked }) => asked)
const past = all.filter(isAboutThePast)
const excused = all.filter((each) => !isAboutThePast(each) && reasonFor(each.expression))
const expected = all.filter((each) => !isAboutThePast(each) && !reasonFor(each.expression))

test('each dashboard has queries, and most of them must find something', () => {
  for (const { asked, uid } of dashboards) expect(asked.length, uid).toBeGreaterThan(9)
  expect(expected.length / all.length).toBeGreaterThan(0.7)
})

describe('every query finds a series with a number', () => {
  let empty: readonly Asked[] = []
  beforeAll(async () => {
    empty = await stillEmpty(expected, isEmpty)
  }, slowRules.timeout)

  test.for(expected)('$place', (asked) => {
    expect(empty, asked.expression).not.toContain(asked)
  })
})

test.for(past)('$place finds nothing yet', async ({ expression }) => {
  expect(await query(expression)).toEqual([])
})

test.for(excused)('$place may be empty when all is well, and is understood', async (asked) => {
  await expect(isEmpty(asked)).resolves.toBeTypeOf('boolean')
})

const choices = dashboards.flatMap(({ json, uid }) =>
  (json.templating?.list ?? []).flatMap(({ query: text }) => {
    const [, selector, label] = /^label_values\((.*), (\w+)\)$/.exec(String(text)) ?? []
    return selector && label ? [{ uid, label, selector: interpolated(selector) }] : []
  }),
)

test.for(choices)('$uid: there is a choice of $label', async ({ label, selector }) => {
  const sets = await labelSets(selector)
  expect(sets.filter((labels) => labels[label])).not.toEqual([])
})

describe('a step that nobody reached', () => {
  const silent = webApp('silent-web', { owner: growth, pages: [] })

  const reached = async (app: typeof silent | typeof signupWeb): Promise<string[]> => {
    const untaken = journey('untaken', { feature: selfSignup, app, steps: ['never'] })
    const [built] = buildDashboards(
      defineDashboards({
        catalog: catalog({
          owners: [growth],
          features: [selfSignup],
          apps: [app],
          journeys: [untaken],
        }),
        folder: { uid: 'cx', title: 'CX' },
        dashboards: [
          {
            uid: 'one',
            title: 'One',
            description: 'Of this test',
            rows: [row('Row', [journeyGraph({ journey: untaken }).funnel()])],
          },
        ],
      }),
    )
    const panels = built!.json.panels as unknown as readonly PanelJson[]
    const queries = panels.flatMap(({ targets = [] }) => targets)
    const found = await Promise.all(queries.map(({ expr }) => query(interpolated(expr))))
    return found.flat().map(({ value }) => value[1])
  }

  test('is 0 where its app had sessions', async () => {
    expect(await reached(signupWeb)).toEqual(['0', '0'])
  })

  test('is unknown where its app told nothing', async () => {
    expect(await reached(silent)).toEqual([])
  })
})
