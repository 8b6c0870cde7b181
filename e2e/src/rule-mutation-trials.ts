import { basename } from 'node:path'
import { buildArtifacts } from 'cx-dashboards'
import { seconds } from 'cx-definition'
import set from 'sample-catalog/dashboards'
import { parse, stringify } from 'yaml'
import {
  alertsThatRead,
  type Group,
  neededFor,
  type TestFile,
  testsAbout,
} from './affected-tests.ts'
import { type Mutant, type MutableRule, mutantsOf, shapeOf } from './rule-mutants.ts'

if (!set.alerting) throw new Error('The sample has no alerts.')
// As often as rules are evaluated unless someone wants to watch them.
const alerting = { ...set.alerting, interval: seconds(30) }
const artifacts = buildArtifacts({ ...set, alerting })

const groupsOf = (name: string): readonly Group[] => {
  const file = artifacts.find(({ path }) => path === `prometheus/${name}.rules.yml`)
  return (parse(file?.content ?? '') as { groups: Group[] }).groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({ ...rule, annotations: {} })),
  }))
}

/** One change of the rules, and what may notice. */
export interface Trial {
  readonly title: string
  /** The rules with one of them changed, and the tests that this can fail. */
  readonly rules: string
  readonly tests: readonly NamedTests[]
}

/** A file of tests with what it holds. */
export interface NamedTests {
  readonly file: string
  readonly tests: TestFile
}

/** @param tried shapes that were tried already, to which it adds: their like is left out */
export const trialsOf = (name: string, tried: Set<string>): Trial[] => {
  const groups = groupsOf(name)
  const tests = testsOf(name)
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => {
      const alerts = alertsToAsk(groups, rule)
      const needed = neededFor(groups, alerts)
      const mutants = alerts.length === 0 ? [] : mutantsOf(rule)
      return mutants
        .filter((mutant) => isNew(tried, shapeOf(rule, mutant)))
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
export const unchangedOf = (name: string): Omit<Trial, 'title'>[] => {
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

const isNew = (tried: Set<string>, shape: string): boolean => {
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
  '5m': /by 1h|breach|nothing ever/,
  '15m': /breach/,
  '1h': /by 1h|nothing ever/,
  '30m': /by 6h|by budget/,
  '2h': /by 24h/,
  '6h': /by (6|72)h|by budget/,
  '1d': /by 24h/,
  '3d': /by 72h/,
}
