import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { buildArtifacts } from 'cx-dashboards'
import set from 'sample-catalog/dashboards'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { type Mutant, type MutableRule, mutantsOf } from './rule-mutants.ts'

// One of each kind: with much traffic and with little, with customers and without, and what is not about an objective.
const files = [
  'objective-documents-availability',
  'objective-password-availability',
  'objective-signup-completion',
  'services',
  'browsers',
]

/** Mutants that no alert can tell from the rule, and why. */
const alike: readonly (readonly [file: RegExp, mutant: RegExp, reason: string])[] = [
  [/./, /^slo:sli_total:events_in_window: 30d/, 'a month is longer than any test'],
  [/./, /^slo:sli_total:events2m: 2m/, 'an average of what is evaluated each minute'],
  [/./, /^slo:customers_\w+: 0\.5 → (0\.4|0\.6)/, 'a count of whole events'],
  [/./, /^slo:customers_\w+: 2 → 2\.4/, 'whoever counts for two may count for more'],
  [/browsers/, /: 0\.5 → (0\.4|0\.6)/, 'a count of whole sessions'],
  [
    /browsers/,
    /: 1h → .* after .*$/,
    'of the bound’s three uses of the failures, two correct it by little',
  ],
  [
    /^objective/,
    /^CxErrorBudgetBurn ticket: 0\.06 → .* after .*rate30m/,
    'where the share of a budget is near its line, the tier without evidence takes hours to tell',
  ],
]

interface Group {
  readonly name: string
  readonly rules: readonly MutableRule[]
}

/** What the alerts of a group read of the slow one; the rest of it is for dashboards and texts. */
const readByAlerts = new Set(['slo:sli_total:events2m', 'slo:sli_total:events_in_window'])

const artifacts = buildArtifacts(set)
const { promtool } = findPrometheus(() => {})

/** Without what no alert depends on, which takes most of the time. */
const groupsOf = (name: string): readonly Group[] => {
  const file = artifacts.find(({ path }) => path === `prometheus/${name}.rules.yml`)
  return (parse(file?.content ?? '') as { groups: Group[] }).groups.map((group) => ({
    ...group,
    rules: group.rules
      .filter(({ record = '' }) => !group.name.endsWith('-budget') || readByAlerts.has(record))
      .map((rule) => ({ ...rule, annotations: {} })),
  }))
}

/** A file of rules with one of them changed. */
interface MutatedFile {
  readonly title: string
  readonly content: string
}

const mutatedFiles = (name: string): MutatedFile[] => {
  const groups = groupsOf(name)
  return groups.flatMap((group, groupAt) =>
    group.rules.flatMap((rule, ruleAt) =>
      mutantsOf(rule).map((mutant) => ({
        title: mutant.title,
        content: stringify({ groups: withMutant(groups, groupAt, ruleAt, mutant) }),
      })),
    ),
  )
}

const withMutant = (
  groups: readonly Group[],
  groupAt: number,
  ruleAt: number,
  { rule }: Mutant,
): Group[] =>
  groups.map((group, index) =>
    index === groupAt ? { ...group, rules: group.rules.with(ruleAt, rule) } : group,
  )

/** Whether a test of the file fails, or its rules are not even read. */
const isKilled = async (name: string, rules: string): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'rule-mutant-'))
  try {
    writeFileSync(join(folder, `${name}.rules.yml`), rules)
    for (const [file, content] of testsOf(name)) {
      writeFileSync(join(folder, file), content)
      if (!(await passes(folder, file))) return true
    }
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const testsOf = (name: string): (readonly [file: string, content: string])[] =>
  artifacts
    .filter(({ path }) => [`${name}.tests.yml`, `${name}-days.tests.yml`].includes(basename(path)))
    .map(({ content, path }) => [basename(path), content])

const passes = (folder: string, file: string): Promise<boolean> =>
  new Promise((resolve) => {
    const options = { cwd: folder, timeout: 120_000, maxBuffer: 2 ** 28 }
    execFile(promtool, ['test', 'rules', file], options, (error) => resolve(error === null))
  })

/** As many at a time as there are processors to spare. */
const survivorsOf = async (name: string, mutants: readonly MutatedFile[]): Promise<string[]> => {
  const left = [...mutants]
  const found: string[] = []
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      if (!(await isKilled(name, next.content))) found.push(next.title)
    }
  }
  await Promise.all([work(), work()])
  return found
}

test.each(files)('the tests of %s pass with its rules, and fail with any other', async (name) => {
  expect(await isKilled(name, stringify({ groups: groupsOf(name) }))).toBe(false)
  const mutants = mutatedFiles(name)
  expect(mutants.length).toBeGreaterThan(5)
  const survivors = await survivorsOf(name, mutants)
  const known = (title: string) =>
    alike.some(([file, mutant]) => file.test(name) && mutant.test(title))
  expect(survivors.filter((title) => !known(title))).toEqual([])
})
