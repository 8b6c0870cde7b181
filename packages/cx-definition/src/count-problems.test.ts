import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countProblems } from './count-problems.ts'
import { milliseconds } from './duration.ts'
import { counter, histogram, httpServerRequestDuration } from './external-instrument.ts'
import { availability, type Indicator, latency } from './indicator.ts'
import { always } from './instrument-labels.ts'
import { operation } from './operation.ts'
import { type LabelMatch, ratio } from './ratio.ts'

const found = (indicator: Indicator): string[] =>
  countProblems('i', indicator, [0.3]).map(({ code, path }) => `${code} ${path}`)

const of = [operation('billing', 'GET', 'api/invoices/{id}')]
const from = httpServerRequestDuration
const { labels } = from

test('what the semantic conventions record is in order, with a route as ASP.NET writes it', () => {
  expect(found(availability({ of, from }))).toEqual([])
  expect(found(latency({ of, within: milliseconds(250), from }))).toEqual([])
})

test("a threshold must be a bound of the metric itself, whatever the contract's are", () => {
  const within = milliseconds(300)
  const [problem, ...others] = countProblems('i', latency({ of, within, from }), [0.3])
  expect(problem).toMatchObject({ code: 'CX_ERR_THRESHOLD', path: 'i.within' })
  expect(problem?.remedy).toContain('0.25, 0.5')
  expect(others).toEqual([])
})

const where = (match: Omit<LabelMatch, 'label'>, label = 'code') => {
  const total = { from: counter({ name: 'sent_total' }) }
  return ratio({ description: 'any', good: { ...total, where: [{ label, ...match }] }, total })
}

const named = (name: string) => availability({ of: [{}], from: histogram({ ...from, name }) })
const labelled = (more: Partial<typeof labels>) =>
  availability({ of: [{}], from: histogram({ ...from, labels: { ...labels, ...more } }) })
const bounded = (bounds: readonly number[]) =>
  availability({ of: [{}], from: histogram({ ...from, bounds }) })

test.for([
  ['a name with a dot', named('http.server'), 'CX_ERR_INSTRUMENT i.from.name'],
  ['one series of a histogram', named('x_seconds_bucket'), 'CX_ERR_INSTRUMENT i.from.name'],
  ['a label with a dot', labelled({ route: 'a.b' }), 'CX_ERR_INSTRUMENT i.from.labels.route'],
  [
    'a reserved label',
    labelled({ service: '__name__' }),
    'CX_ERR_INSTRUMENT i.from.labels.service',
  ],
  [
    'the label of bounds',
    labelled({ dimension: 'le' }),
    'CX_ERR_INSTRUMENT i.from.labels.dimension',
  ],
  [
    'one label for two',
    labelled({ environment: 'service_name' }),
    'CX_ERR_INSTRUMENT i.from.labels.environment',
  ],
  [
    "the environment's label for something else",
    labelled({ dimension: 'deployment_environment_name', environment: 'env' }),
    'CX_ERR_INSTRUMENT i.from.labels.dimension',
  ],
  [
    'an empty constant',
    labelled({ environment: always(' ') }),
    'CX_ERR_INSTRUMENT i.from.labels.environment',
  ],
  ['no bound', bounded([]), 'CX_ERR_BOUNDS i.from.bounds'],
  ['bounds that do not ascend', bounded([1, 1]), 'CX_ERR_BOUNDS i.from.bounds'],
  ['a bound of no time', bounded([0, 1]), 'CX_ERR_DURATION i.from.bounds[0]'],
  [
    'a route of a metric without routes',
    ratio({
      description: 'any',
      good: { from: counter({ name: 'a' }), of: [{ route: '/a' }] },
      total: { from: counter({ name: 'a' }) },
    }),
    'CX_ERR_INSTRUMENT i.of[0].route',
  ],
  [
    'availability without a status code',
    availability({ of: [{}], from: counter({ name: 'a' }) }),
    'CX_ERR_INSTRUMENT i.from.labels',
  ],
  [
    'customers on one side alone',
    ratio({
      description: 'any',
      bad: { from: counter({ name: 'lost_total' }) },
      total: { from: counter({ name: 'sent_total', labels: { dimension: 'tenant' } }) },
    }),
    'CX_ERR_INSTRUMENT i.from.labels',
  ],
  ['a condition on no value', where({ anyOf: [] }), 'CX_ERR_EMPTY i.where'],
  ['a condition that says nothing', where({}), 'CX_ERR_EMPTY i.where'],
  ['what everything begins with', where({ startsWithNoneOf: [''] }), 'CX_ERR_EMPTY i.where'],
  ['a condition on what is no label', where({ anyOf: ['x'] }, 'a"'), 'CX_ERR_INSTRUMENT i.where'],
  ['no operation', availability({ of: [], from }), 'CX_ERR_EMPTY i.of'],
  [
    'a counter within a time',
    {
      ...where({ anyOf: ['x'] }),
      good: { ...where({ anyOf: ['x'] }).good, within: milliseconds(5) },
    },
    'CX_ERR_THRESHOLD i.within',
  ],
] as const)('%s is refused', ([, indicator, problem]) => {
  expect(found(indicator)).toEqual([problem])
})

test('no name gets through that would have to be quoted in a query', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ maxLength: 3 }), (name, label) => {
      const metric = counter({ name, labels: { service: label } })
      const refused = found(
        ratio({ description: '', good: { from: metric }, total: { from: metric } }),
      )
      expect(refused.includes('CX_ERR_INSTRUMENT i.from.name')).toBe(
        !/^[\w:]+$/.test(name) || /^\d/.test(name),
      )
      expect(refused.includes('CX_ERR_INSTRUMENT i.from.labels.service')).toBe(
        !/^\w+$/.test(label) || /^(\d|__)/.test(label) || label === 'le',
      )
    }),
    {
      examples: [
        ['a', 'le'],
        ['a:b', '__a'],
        ['"', 'ä'],
        ['1', '1'],
      ],
    },
  )
})
