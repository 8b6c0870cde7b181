import { buildDashboards, defineDashboards, journeyGraph, row } from 'cx-dashboards'
import { catalog, journey, webApp } from 'cx-definition'
import { selfSignup } from 'sample-catalog/features'
import { growth } from 'sample-catalog/owners'
import { signupWeb } from 'sample-catalog/web'
import set from 'sample-catalog/dashboards'
import { describe, expect, test } from 'vitest'
import { labelSets, query, queryRange } from './prometheus.ts'

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

describe.for(buildDashboards(set).map(({ json, uid }) => [uid, json] as const))(
  '%s',
  ([, json]) => {
    const panels = json.panels as unknown as readonly PanelJson[]
    const queries = panels.flatMap(({ targets = [], title, type }) =>
      targets.map(
        ({ expr, instant = false, refId }) =>
          [`${title} (${type}) ${refId}`, interpolated(expr), instant] as const,
      ),
    )

    test('has queries to run', () => {
      expect(queries.length).toBeGreaterThan(10)
    })

    // The Prometheus of this test is minutes old: of the weeks before, it knows nothing, which is not 0.
    const isAboutThePast = ([, expression]: (typeof queries)[number]) =>
      / offset \d+w/.test(expression)

    test.for(queries.filter(isAboutThePast))('%s finds nothing yet', async ([, expression]) => {
      expect(await query(expression)).toEqual([])
    })

    const present = queries.filter((each) => !isAboutThePast(each))
    test.for(present)('%s finds a series with a number', async ([, expression, instant]) => {
      const found = instant
        ? (await query(expression)).map(({ value }) => value)
        : (await queryRange(expression)).flatMap(({ values }) => values)
      expect(found, expression).not.toEqual([])
      expect(
        found.some(([, value]) => Number.isFinite(Number(value))),
        expression,
      ).toBe(true)
    })

    const choices = json.templating?.list?.flatMap(({ query: text }) => {
      const [, selector, label] = /^label_values\((.*), (\w+)\)$/.exec(String(text)) ?? []
      return selector && label ? [[label, interpolated(selector)] as const] : []
    })

    test.for(choices ?? [])(
      'the variable for %s has something to choose from',
      async ([label, selector]) => {
        const sets = await labelSets(selector)
        expect(sets.filter((labels) => labels[label])).not.toEqual([])
      },
    )
  },
)

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
