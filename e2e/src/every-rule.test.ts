import { parser } from '@prometheus-io/lezer-promql'
import { buildArtifacts } from 'cx-dashboards'
import set from 'sample-catalog/dashboards'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { reasonFor } from './empty-when-well.ts'
import { query } from './prometheus.ts'
import { slowRules, stillEmpty } from './slow-rules.ts'

interface Rule {
  readonly record?: string
  readonly alert?: string
  readonly expr: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

// What an alert would have put in.
const labels: Readonly<Record<string, string>> = {
  deployment_environment_name: 'development',
  customer: 'contoso',
}

const rules = buildArtifacts(set)
  .filter(({ path }) => path.endsWith('.rules.yml'))
  .flatMap(({ content }) => (parse(content) as { groups: { rules: Rule[] }[] }).groups)
  .flatMap((group) => group.rules)

const selectorsOf = (expression: string): string[] => {
  const found: string[] = []
  parser.parse(expression).iterate({
    enter: ({ from, name, to }) => {
      if (name === 'VectorSelector') found.push(expression.slice(from, to))
    },
  })
  return found
}

/** The queries of an annotation, as Prometheus runs them: a Go string, or a format whose `%+q` are labels. */
const queriesOf = (annotation: string): string[] =>
  [
    ...annotation.matchAll(
      /\{\{ with (?:query (?<plain>"(?:[^"\\]|\\.)*")|printf (?<format>"(?:[^"\\]|\\.)*")(?<names>(?: \$labels\.\w+)+) \| query) \}\}/g,
    ),
  ].map(({ groups = {} }) => {
    if (groups['plain'] !== undefined) return JSON.parse(groups['plain']) as string
    const names = [...(groups['names'] ?? '').matchAll(/\$labels\.(\w+)/g)].map(([, name]) => name)
    const format = JSON.parse(groups['format'] as string) as string
    return format
      .replaceAll('%+q', () => JSON.stringify(labels[names.shift() ?? '']))
      .replaceAll('%%', '%')
  })

const annotationQueries = rules.flatMap(({ annotations = {} }) =>
  Object.values(annotations).flatMap(queriesOf),
)

test('there are rules, alerts and queries in their texts', () => {
  expect(rules.filter(({ record }) => record).length).toBeGreaterThan(200)
  expect(rules.filter(({ alert }) => alert).length).toBeGreaterThan(20)
  expect(annotationQueries.length).toBeGreaterThan(200)
  const texts = rules.flatMap(({ annotations = {} }) => Object.values(annotations))
  const asked = texts.flatMap((text) => text.match(/\bquery "|\| query\b/g) ?? [])
  expect(annotationQueries.length, 'every query of every text was found').toBe(asked.length)
})

describe('every series that a rule or an alert’s text reads is there', () => {
  const selectors = [
    ...new Set([...rules.map(({ expr }) => expr), ...annotationQueries].flatMap(selectorsOf)),
  ]
  const expected = selectors.filter((selector) => reasonFor(selector) === undefined)

  let absent: readonly string[] = []
  beforeAll(async () => {
    absent = await stillEmpty(expected, async (selector) => (await query(selector)).length === 0)
  }, slowRules.timeout)

  test.for(expected)('%s', (selector) => {
    expect(absent).not.toContain(selector)
  })

  const excused = selectors.filter((selector) => reasonFor(selector) !== undefined)

  test.for(excused)('%s may be empty when all is well, and is understood', async (selector) => {
    await expect(query(selector)).resolves.toBeDefined()
  })
})

test('Prometheus evaluates every rule without an error or a warning', slowRules, async () => {
  const response = await fetch(new URL('/api/v1/rules', inject('urls').prometheus))
  const { data } = (await response.json()) as {
    data: { groups: { rules: { name: string; health: string; lastError?: string }[] }[] }
  }
  const loaded = data.groups.flatMap((group) => group.rules)
  expect(loaded).toHaveLength(rules.length)
  expect(loaded.filter(({ health, lastError }) => health === 'err' || lastError)).toEqual([])
})
