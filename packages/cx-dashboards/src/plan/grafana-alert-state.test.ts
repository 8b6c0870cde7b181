import { expect, test } from 'vitest'
import { ruleState, withState, writtenState } from './grafana-alert-state.ts'

const rule = {
  uid: 'a',
  title: 'One',
  condition: 'B',
  for: '60m',
  labels: { owner: 'team', severity: 'page' },
  annotations: { summary: 'It burns' },
  data: [{ refId: 'A', datasourceUid: 'prom', model: { expr: 'up', instant: true } }],
}
const [query] = rule.data

test('a rule is the same however Grafana writes it down, and whoever paused it', () => {
  const kept = {
    ...rule,
    id: 7,
    updated: '2026-11-01T10:00:00Z',
    isPaused: true,
    for: '1h',
    keep_firing_for: '0s',
    labels: { severity: 'page', owner: 'team' },
    data: [{ ...query, queryType: '', model: { ...query?.model, intervalMs: 1000 } }],
  }
  expect(ruleState(kept)).toBe(ruleState(rule))
})

test.for([
  ['title', { title: 'Other' }],
  ['wait', { for: '2h' }],
  ['labels', { labels: { ...rule.labels, owner: 'other' } }],
  ['words', { annotations: { summary: 'It is fine' } }],
  ['query', { data: [{ ...query, model: { expr: 'down', instant: true } }] }],
  ['data source', { data: [{ ...query, datasourceUid: 'other' }] }],
  ['state without data', { noDataState: 'Alerting' }],
] as const)('it is another with another %s', ([, changed]) => {
  expect(ruleState({ ...rule, ...changed })).not.toBe(ruleState(rule))
})

test('a state that is written down does not change it', () => {
  const sent = withState(rule)
  expect(writtenState(rule)).toBeUndefined()
  expect(writtenState(sent)).toBe(ruleState(rule))
  expect(ruleState(sent)).toBe(ruleState(rule))
})
