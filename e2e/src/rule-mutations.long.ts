import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { buildArtifacts } from 'cx-dashboards'
import { seconds } from 'cx-definition'
import set from 'sample-catalog/dashboards'
import { afterAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import {
  alertsThatRead,
  type Group,
  neededFor,
  type TestFile,
  testsAbout,
} from './affected-tests.ts'
import { type Mutant, type MutableRule, mutantsOf, shapeOf } from './rule-mutants.ts'

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
  [/browsers/, /: 0\.5 → (0\.4|0\.6)/, 'a count of whole sessions'],
]

if (!set.alerting) throw new Error('The sample has no alerts.')
// As often as rules are evaluated unless someone wants to watch them.
const alerting = { ...set.alerting, interval: seconds(30) }
const artifacts = buildArtifacts({ ...set, alerting })
const { promtool } = findPrometheus(() => {})

const groupsOf = (name: string): readonly Group[] => {
  const file = artifacts.find(({ path }) => path === `prometheus/${name}.rules.yml`)
  return (parse(file?.content ?? '') as { groups: Group[] }).groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({ ...rule, annotations: {} })),
  }))
}

interface Trial {
  readonly title: string
  /** The rules with one of them changed, and the tests that this can fail. */
  readonly rules: string
  readonly tests: readonly NamedTests[]
}

interface NamedTests {
  readonly file: string
  readonly tests: TestFile
}

const tried = new Set<string>()

const trialsOf = (name: string): Trial[] => {
  const groups = groupsOf(name)
  const tests = testsOf(name)
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => {
      const alerts = alertsToAsk(groups, rule)
      const needed = neededFor(groups, alerts)
      const mutants = alerts.length === 0 ? [] : mutantsOf(rule)
      return mutants
        .filter((mutant) => isNew(shapeOf(rule, mutant)))
        .map((mutant) => ({
          title: mutant.title,
          rules: stringify({ groups: withMutant(needed, rule, mutant) }),
          tests: likeliestFirst(rule, mutant, tests).map(({ file, place, tests: all }) => ({
            file,
            tests: testsAbout(all, alerts, place),
          })),
        }))
    })
}

/** The same without a mutant: each part of the rules and tests that mutants are tried with. */
const unchangedOf = (name: string): Omit<Trial, 'title'>[] => {
  const groups = groupsOf(name)
  const parts = new Map(
    groups
      .flatMap(({ rules }) => rules)
      .map((rule) => alertsToAsk(groups, rule))
      .map((alerts) => [JSON.stringify(alerts), alerts] as const),
  )
  return [...parts.values()]
    .filter((alerts) => alerts.length > 0)
    .map((alerts) => ({
      rules: stringify({ groups: neededFor(groups, alerts) }),
      tests: testsOf(name).map(({ file, tests }) => ({ file, tests: testsAbout(tests, alerts) })),
    }))
}

/** All that tests ask for together when a rule is changed. */
const alertsToAsk = (groups: readonly Group[], rule: MutableRule): MutableRule[] => {
  const affected = alertsThatRead(groups, rule)
  return groups
    .flatMap(({ rules }) => rules)
    .filter((other) => affected.some((one) => isAlike(one, other)))
}

/** Whether tests ask for both by the same name. */
const isAlike = (one: MutableRule, other: MutableRule): boolean =>
  one.alert === other.alert &&
  one.labels?.['severity'] === other.labels?.['severity'] &&
  one.labels?.['breach'] === other.labels?.['breach']

const isNew = (shape: string): boolean => {
  const before = tried.size
  return tried.add(shape).size > before
}

const withMutant = (groups: readonly Group[], of: MutableRule, { rule }: Mutant): Group[] =>
  groups.map((group) => ({
    ...group,
    rules: group.rules.map((each) => (each === of ? rule : each)),
  }))

const testsOf = (name: string): NamedTests[] =>
  artifacts
    .filter(({ path }) => [`${name}.tests.yml`, `${name}-days.tests.yml`].includes(basename(path)))
    .map(({ content, path }) => ({ file: basename(path), tests: parse(content) as TestFile }))

/** In parts: those of the tier that reads the same window, then the rest, what is about many hours among those of days first. */
const likeliestFirst = (
  rule: MutableRule,
  { title }: Mutant,
  tests: readonly NamedTests[],
): readonly (NamedTests & { readonly place?: RegExp })[] => {
  const window = (rule.record ?? title.match(/.*\d[mhd](?=\{)/)?.[0] ?? '').match(/\d+[mhd]$/)?.[0]
  const place = tiersReading[window ?? '']
  const sooner = /^([26]h|[13]d)$/.test(window ?? '') ? -1 : 1
  const isDays = ({ file }: NamedTests) => Number(file.includes('-days'))
  const sorted = tests.toSorted((a, b) => sooner * (isDays(a) - isDays(b)))
  return place ? [...sorted.map((each) => ({ ...each, place })), ...sorted] : sorted
}

const tiersReading: Readonly<Record<string, RegExp>> = {
  '5m': /by 1h|breach/,
  '15m': /breach/,
  '1h': /by 1h/,
  '30m': /by 6h|by budget/,
  '2h': /by 24h/,
  '6h': /by (6|72)h|by budget/,
  '1d': /by 24h/,
  '3d': /by 72h/,
}

/** Whether a test of them fails. @throws Error if that cannot be told */
const isKilled = async ({ rules, tests }: Omit<Trial, 'title'>, name: string): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'rule-mutant-'))
  try {
    writeFileSync(join(folder, `${name}.rules.yml`), rules)
    for (const { file, tests: content } of tests.filter((one) => one.tests.tests.length > 0)) {
      writeFileSync(join(folder, file), stringify(content))
      if (!(await passes(folder, file))) return true
    }
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const passes = (folder: string, file: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const options = { cwd: folder, timeout: 120_000, maxBuffer: 2 ** 28 }
    execFile(promtool, ['test', 'rules', file], options, (error, stdout, stderr) => {
      const said = stdout + stderr
      if (!error) resolve(true)
      else if (error.code === 1 && said.includes('FAILED') && !said.includes('could not parse'))
        resolve(false)
      else reject(new Error(`promtool could not tell: ${said.slice(0, 2000)}`, { cause: error }))
    })
  })

/** Two at a time. */
const survivorsOf = async (name: string, trials: readonly Trial[]): Promise<string[]> => {
  const left = [...trials]
  const found: string[] = []
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      if (!(await isKilled(next, name))) found.push(next.title)
    }
  }
  await Promise.all([work(), work()])
  return found
}

const seen = new Set<string>()
afterAll(() =>
  expect(alike.map(([, , reason]) => reason).filter((it) => !seen.has(it))).toEqual([]),
)

test.each(files)('the tests of %s pass with its rules, and fail with any other', async (name) => {
  for (const unchanged of unchangedOf(name)) expect(await isKilled(unchanged, name)).toBe(false)
  const trials = trialsOf(name)
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
