import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type BudgetedError, createBudget } from './budget.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const error = (team: string, fingerprint: string): BudgetedError => ({
  error: new Error(fingerprint),
  team,
  feature: 'none',
  app: 'signup-web',
  source: 'error',
  fingerprint,
  at: 0,
})

const started = () => {
  const sent: string[] = []
  const budget = createBudget(({ fingerprint, team }, suppressed) =>
    sent.push(`${team} ${fingerprint} ${suppressed}`),
  )
  return { budget, sent }
}

test('what repeats is sent once, and once more with the number of the others', () => {
  const { budget, sent } = started()
  for (let times = 0; times < 10_000; times += 1) budget.admit(error('growth', 'loop'))
  expect(sent).toEqual(['growth loop 0'])
  budget.settle()
  expect(sent).toEqual(['growth loop 0', 'growth loop 9998'])
  budget.settle()
  expect(sent).toHaveLength(2)
})

test('a loop tells of itself once a minute, and what was a single error may come anew', () => {
  const { budget, sent } = started()
  budget.admit(error('growth', 'single'))
  for (let second = 0; second < 150; second += 1) {
    budget.admit(error('growth', 'loop'))
    vi.advanceTimersByTime(1000)
  }
  expect(sent).toEqual(['growth single 0', 'growth loop 0', 'growth loop 58', 'growth loop 59'])
  budget.admit(error('growth', 'single'))
  expect(sent.at(-1)).toBe('growth single 0')
})

test('an owner with errors of ever new kinds costs no other owner an event', () => {
  const { budget, sent } = started()
  for (let kind = 0; kind < 10_000; kind += 1) budget.admit(error('growth', `kind ${kind}`))
  budget.admit(error('identity', 'single'))
  expect(sent).toHaveLength(21)
  expect(sent.at(-1)).toBe('identity single 0')
  budget.settle()
  expect(sent.slice(21)).toEqual(['growth kind 9999 9979'])
})

test('a page that stops leaves no timer', () => {
  const { budget } = started()
  budget.admit(error('growth', 'single'))
  budget.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('whatever comes, nothing is lost or told twice, and each owner has its own room', () => {
  const errors = fc.record({
    team: fc.constantFrom('growth', 'identity', 'platform'),
    kind: fc.nat(40).map((kind) => `kind-${kind}`),
    after: fc.constantFrom('go on', 'settle', 'a minute'),
  })
  fc.assert(
    fc.property(fc.array(errors, { maxLength: 300 }), (all) => {
      const { budget, sent } = started()
      for (const { after, kind, team } of all) {
        const before = sent.filter((line) => line.startsWith(team)).length
        budget.admit(error(team, kind))
        const kinds = new Set(sent.filter((line) => line.startsWith(team)))
        if (before === 0) expect(kinds.size).toBe(1)
        if (after === 'settle') budget.settle()
        if (after === 'a minute') vi.advanceTimersByTime(60_000)
      }
      budget.settle()
      budget.stop()
      for (const team of ['growth', 'identity', 'platform']) {
        const told = sent
          .filter((line) => line.startsWith(team))
          .reduce((sum, line) => sum + 1 + Number(line.split(' ').at(-1)), 0)
        expect(told).toBe(all.filter((given) => given.team === team).length)
      }
    }),
  )
})
