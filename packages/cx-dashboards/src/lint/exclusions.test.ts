import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { exclusionProblems, isExcluded } from './exclusions.ts'
import { lintFile } from './lint-file.ts'
import type { LintResult } from './rule.ts'

const result = (rule: string, extra: Partial<LintResult> = {}): LintResult => ({
  rule,
  message: '',
  remedy: '',
  place: { dashboard: 'API', panel: 'Requests', target: 1 },
  ...extra,
})

const rateOver = (range: string, instant: boolean) =>
  result('target-rate-interval-rule', {
    instant,
    selector: { metric: 'a', matchers: [], range, calledBy: 'rate' },
  })

test('a short window of its own is excluded in a number or a table, not in a graph', () => {
  expect(isExcluded(rateOver('5m', true), [])).toBe(true)
  expect(isExcluded(rateOver('5m', false), [])).toBe(false)
  expect(isExcluded(rateOver('9m', false), [])).toBe(false)
  expect(isExcluded(rateOver('10m', false), [])).toBe(true)
  expect(isExcluded(rateOver('1h', false), [])).toBe(true)
})

test('an exclusion holds where it says, and everywhere if it does not say', () => {
  const units = result('panel-units-rule')
  const at = (place: object) => [
    { rule: 'panel-units-rule', reason: 'x', places: [{ dashboard: 'API', ...place }] },
  ]
  expect(isExcluded(units, [])).toBe(false)
  expect(isExcluded(units, [{ rule: 'panel-units-rule', reason: 'x' }])).toBe(true)
  expect(isExcluded(units, at({}))).toBe(true)
  expect(isExcluded(units, at({ panel: 'Requests', target: 1 }))).toBe(true)
  expect(isExcluded(units, at({ panel: 'Errors' }))).toBe(false)
  expect(isExcluded(units, at({ panel: 'Requests', target: 0 }))).toBe(false)
  expect(isExcluded(units, at({ dashboard: 'Other' }))).toBe(false)
})

test('the file has an entry a rule, with all that was said of it', () => {
  const { content, path } = lintFile([
    {
      rule: 'panel-units-rule',
      reason: 'A: "count"',
      places: [{ dashboard: 'a # b', panel: 'c', target: 2 }],
    },
    { rule: 'panel-units-rule', reason: 'Names', places: [{ dashboard: 'd' }] },
    { rule: 'target-job-rule', reason: 'ours says more', places: [{ dashboard: 'd' }] },
  ])
  expect(path).toBe('grafana/.lint')
  const { exclusions } = parse(content)
  expect(exclusions['panel-units-rule']).toEqual({
    reason: 'A: "count" Names',
    entries: [
      { reason: 'A: "count"', dashboard: 'a # b', panel: 'c', targetIdx: '2' },
      { reason: 'Names', dashboard: 'd' },
    ],
  })
  expect(exclusions['target-job-rule'].entries).toBeUndefined()
})

test('a rule that is none and a reason that is missing are problems', () => {
  expect(
    exclusionProblems('lint', [
      { rule: 'units', reason: 'x' },
      { rule: 'panel-units-rule', reason: ' ' },
    ]),
  ).toMatchObject([
    { code: 'CX_ERR_NAME', path: 'lint[0].rule' },
    { code: 'CX_ERR_EMPTY', path: 'lint[1].reason' },
  ])
})
