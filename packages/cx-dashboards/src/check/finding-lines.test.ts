import { expect, test } from 'vitest'
import { findingLines } from './finding-lines.ts'

test('a finding is two sentences, with one mark at the end of each', () => {
  const lines = findingLines([
    { severity: 'error', path: '--prometheus', message: 'is it up?', remedy: 'Start it' },
  ])
  expect(lines).toEqual(['error    --prometheus: is it up?', '         Start it.'])
})
