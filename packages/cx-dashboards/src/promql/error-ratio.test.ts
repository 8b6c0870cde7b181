import { expect, test } from 'vitest'
import { customerCount, errorRatio, lowerBound, singleCustomers } from './error-ratio.ts'
import { plus, series } from './expression.ts'

const [bad, total] = [series('bad', []), series('total', [])]

test('where nothing happened there is no ratio', () => {
  expect(errorRatio(bad, total).text).toBe('bad / (total > 0)')
})

test('the bound is Byar’s, and there is none without a failure', () => {
  expect(lowerBound(bad, total).text).toBe(
    '(bad > 0) * clamp_min(1 - 1 / (9 * bad) - 2.326 / (3 * sqrt(bad)), 0) ^ 3 / total',
  )
})

test('what is composed into it stays together', () => {
  expect(lowerBound(plus(bad, total), plus(bad, total)).text).toBe(
    '(bad + total > 0) * clamp_min(1 - 1 / (9 * (bad + total)) - 2.326 / (3 * sqrt(bad + total)), 0) ^ 3 / (bad + total)',
  )
})

test('a label that stands for several customers counts as two', () => {
  const { text } = customerCount((matcher) => series('bad', [matcher]), 'zone', ['env'])
  expect(text).toBe(
    'sum by (env) ((bad{zone!~"none|invalid|other"} > bool 0.5) or 2 * (bad{zone=~"none|invalid|other"} > bool 0.5))',
  )
  expect(singleCustomers('zone').accepts?.('other')).toBe(false)
})
