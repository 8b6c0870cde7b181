import { afterAll, expect, test } from 'vitest'
import { trialsOf, unchangedOf } from './rule-mutation-trials.ts'
import { isKilled, survivorsOf } from './rule-mutation-verdict.ts'

// Few requests and a ticket only first, then what others have beside: mutants of the same shape are tried once.
const files = [
  'objective-password-availability',
  'objective-signup-completion',
  'objective-documents-availability',
  'objective-documents-read-latency',
  'services',
  'browsers',
]

/** Mutants that no alert can tell from the rule, and why. */
const alike: readonly (readonly [file: RegExp, mutant: RegExp, reason: string])[] = [
  [/./, /^slo:sli_total:events_in_window: 30d/, 'a month is longer than any test'],
  [/./, /^slo:sli_total:events2m: 2m/, 'an average of what is evaluated each minute'],
  [
    /./,
    /^slo:customers_active:count\w+: 2 → 1 /,
    'where only those without a label are active, they are who is hit',
  ],
  [
    /./,
    /^slo_customer:sli_\w+:increase6h: 5m → 225s/,
    'whoever is hit at all is hit, however often an event is counted',
  ],
  [
    /documents-availability/,
    /^CxBreach ticket below 99 % for 5 minutes: 0\.01 → 0\.008.*ratio_rate5m/,
    'over five minutes the bound is above the line only where the ratio is',
  ],
  [/browsers/, /: 0\.5 → (0\.4|0\.6)/, 'a count of whole sessions'],
]

const tried = new Set<string>()
const seen = new Set<string>()
afterAll(() =>
  expect(alike.map(([, , reason]) => reason).filter((it) => !seen.has(it))).toEqual([]),
)

test.each(files)('the tests of %s pass with its rules, and fail with any other', async (name) => {
  for (const unchanged of unchangedOf(name)) expect(await isKilled(unchanged, name)).toBe(false)
  const trials = trialsOf(name, tried)
  expect(trials.length).toBeGreaterThan(5)
  const survivors = await survivorsOf(name, trials)
  const reasonOf = (title: string) =>
    alike.find(([file, mutant]) => file.test(name) && mutant.test(title))?.[2]
  const known = survivors.flatMap((title) => reasonOf(title) ?? [])
  for (const reason of known) seen.add(reason)
  console.log(
    `${name}: ${trials.length} mutants, ${survivors.length} survive: ${survivors.join('\n')}`,
  )
  expect(survivors.filter((title) => reasonOf(title) === undefined)).toEqual([])
})
