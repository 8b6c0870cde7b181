import { expect, test } from 'vitest'
import { days, hours } from './duration.ts'
import { exclusion, type ExclusionOptions, exclusionProblems } from './exclusion.ts'
import { feature } from './feature.ts'
import { availability } from './indicator.ts'
import { objective } from './objective.ts'
import { owner } from './owner.ts'
import { percent } from './percent.ts'

const reading = feature('reading', { owner: owner('platform') })
const named = (name: string) =>
  objective(name, {
    feature: reading,
    indicator: availability({ of: [{}] }),
    target: percent(99),
    window: days(30),
  })
const [known, unknown] = [named('known'), named('unknown')]

const night: ExclusionOptions = {
  from: '2026-11-22T02:00:00Z',
  to: '2026-11-22T04:00:00Z',
  reason: 'the database moves',
}

const found = (changed: Partial<ExclusionOptions>): string[] =>
  exclusionProblems('e', exclusion({ ...night, ...changed }), [known]).map(
    ({ code, path, remedy }) => {
      expect(code).toBe('CX_ERR_EXCLUSION')
      expect(remedy).not.toBe('')
      return path
    },
  )

test('times of any zone are the same moment everywhere', () => {
  const { from, to } = exclusion({ ...night, to: '2026-11-22T05:00+01:00' })
  expect([from, to]).toEqual([Date.UTC(2026, 10, 22, 2) / 1000, Date.UTC(2026, 10, 22, 4) / 1000])
  expect(exclusion({ ...night, from: '2026-11-22T02:00:00+0000' }).from).toBe(from)
})

test('maintenance once, every week, and of one objective is in order', () => {
  expect(found({})).toEqual([])
  expect(found({ every: days(7) })).toEqual([])
  expect(found({ objectives: [known] })).toEqual([])
})

test.for([
  '2026-11-22T02:00:00',
  '2026-11-22',
  '2026-11-31T25:00:00Z',
  'tonight',
  '',
  '1795312800',
])('%j is no moment in time', (from) => {
  expect(found({ from })).toEqual(['e.from'])
})

test.for([
  [{ to: night.from }, 'e.to'],
  [{ to: '2026-11-21T00:00:00Z' }, 'e.to'],
  [{ every: hours(2) }, 'e.every'],
  [{ every: hours(1) }, 'e.every'],
  [{ every: hours(Number.NaN) }, 'e.every'],
  [{ reason: ' ' }, 'e.reason'],
  [{ objectives: [known, unknown] }, 'e.objectives[1]'],
] as const)('%j is refused', ([changed, path]) => {
  expect(found(changed)).toEqual([path])
})

test('an exclusion of no objective at all is refused, since it would do nothing', () => {
  expect(found({ objectives: [] })).toEqual(['e.objectives'])
})
