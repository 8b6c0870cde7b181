import { leastExpected } from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evidenceFormula, evidenceThreshold } from './evidence.ts'

/** What is written, of so many failures where so many are allowed. It holds nothing but numbers and arithmetic. */
const isEvidence = (bad: number, allowed: number): boolean =>
  Number(new Function(`return ${evidenceFormula(`(${bad})`, `(${bad}) - ${allowed}`)}`)()) >
  evidenceThreshold

test('it is never more eager than Byar’s limit, and at most a tenth of a failure behind', () => {
  for (let bad = 1; bad < 100_000; bad = Math.ceil(bad * 1.01)) {
    const least = leastExpected(bad)
    expect(isEvidence(bad, least + 1e-6), `${bad} failures where ${least} are allowed`).toBe(false)
    if (least > 0.1) expect(isEvidence(bad, least - 0.1), `${bad} failures`).toBe(true)
  }
})

test('more failures are no less evidence, and more that may fail no more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (bad, share) => {
        const allowed = share * bad
        const sure = leastExpected(bad) > allowed + 0.1
        fc.pre(sure)
        expect(isEvidence(bad, allowed)).toBe(true)
        expect(isEvidence(bad + 1, allowed)).toBe(true)
      },
    ),
  )
})

test('it is none where nothing failed, however little may, nor where far fewer fail than may', () => {
  for (const allowed of [0, 0.1, 1, 1.45, 2, 10, 1e6]) expect(isEvidence(0, allowed)).toBe(false)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (bad) => {
      const far = bad + 3 * Math.sqrt(bad) + 3
      expect(isEvidence(bad, far)).toBe(false)
    }),
  )
})
