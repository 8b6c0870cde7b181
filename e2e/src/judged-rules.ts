import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildArtifacts, contact, webhook } from 'cx-dashboards'
import {
  catalog,
  type CatalogOptions,
  type Duration,
  minutes,
  type Owner,
  shortDuration,
} from 'cx-definition'
import { parse, stringify } from 'yaml'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'

export interface JudgedRule {
  readonly record?: string
  readonly alert?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly expr: string
}

export interface JudgedGroup {
  readonly name: string
  readonly rules: readonly JudgedRule[]
}

/** What promtool is given. Its clock begins at 1970. */
export interface World {
  readonly groups: readonly JudgedGroup[]
  /** In place of the groups: a rule file, to the byte. */
  readonly ruleFile?: string
  /** Values of each series, one for each scrape, as promtool reads them. */
  readonly series: Readonly<Record<string, string>>
  readonly scraped: Duration
  /** How often rules are evaluated: promtool looks at no group's own interval. */
  readonly evaluated: Duration
}

/** The rules of a catalog, evaluated at one pace: every two minutes, also what is recorded so often adds up. */
export const rulesOf = (options: CatalogOptions, every = minutes(2)): readonly JudgedGroup[] =>
  ruleFilesOf(options, ['production'], every).flatMap((content) => groupsIn(content))

export const groupsIn = (ruleFile: string): readonly JudgedGroup[] =>
  (parse(ruleFile) as { groups: readonly JudgedGroup[] }).groups

/** The rule files of a catalog, as they are written. */
export const ruleFilesOf = (
  options: CatalogOptions,
  environments: readonly string[],
  interval: Duration,
): readonly string[] =>
  buildArtifacts({
    catalog: catalog(options),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
    alerting: { contacts: options.owners.map(reached), environments, interval },
  })
    .filter(({ path }) => path.startsWith('prometheus/') && path.endsWith('.rules.yml'))
    .map(({ content }) => content)

const reached = (owner: Owner) => {
  const somebody = [webhook({ url: 'http://127.0.0.1:9' })]
  return contact(owner, { page: somebody, ticket: somebody })
}

/** The names of what rules record. */
export const recordsOf = (groups: readonly JudgedGroup[]): string[] => [
  ...new Set(groups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? []))),
]

export interface Found {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** What Prometheus answers, in the order of the questions. @throws Error with what promtool says of rules or queries */
export const ask = (
  world: World,
  questions: readonly (readonly [query: string, at: Duration])[],
): readonly (readonly Found[])[] => {
  // Answers are told where they were not expected, so that each is asked for what is never found.
  const exp_samples = [{ labels: '{never="found"}', value: 0 }]
  const said = judge(world, {
    promql_expr_test: questions.map(([expr, at]) => ({
      expr,
      eval_time: shortDuration(at),
      exp_samples,
    })),
  })
  const answers = [...said.matchAll(/^ {8}got: (.*)$/gm)].map(([, got = '']) => samplesIn(got))
  if (answers.length !== questions.length) throw new Error(said)
  return answers
}

/** What promtool says when an expectation is not met; nothing when all are. */
export const judge = (
  { evaluated, groups, ruleFile = stringify({ groups }), scraped, series }: World,
  expectations: Readonly<Record<string, unknown>>,
): string => {
  const folder = mkdtempSync(join(tmpdir(), 'judged-rules-'))
  try {
    writeFileSync(join(folder, 'rules.yml'), ruleFile)
    const inputs = Object.entries(series).map(([of, values]) => ({ series: of, values }))
    const tests = [{ interval: shortDuration(scraped), input_series: inputs, ...expectations }]
    const evaluation_interval = shortDuration(evaluated)
    // Without it promtool takes groups in any order, and sums differ from run to run.
    const group_eval_order = groups.map(({ name }) => name)
    const test = { rule_files: ['rules.yml'], evaluation_interval, group_eval_order, tests }
    writeFileSync(join(folder, 'test.yml'), readable(test))
    const { promtool } = findPrometheus(() => {})
    const { status, stderr, stdout } = spawnSync(promtool, ['test', 'rules', 'test.yml'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    if (status !== 0 && !stderr.includes('FAILED:\n')) throw new Error(stdout + stderr)
    return status === 0 ? '' : stderr
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** As Go's YAML reads it, which refuses some characters where they stand bare. */
const readable = (content: unknown): string =>
  JSON.stringify(content).replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const samplesIn = (got: string): readonly Found[] =>
  [...got.matchAll(/\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\} (\S+?)(?:,|$)/g)].map(
    ([, labels = '', value = '']) => ({
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, name, text = '']) => [
          name,
          JSON.parse(text),
        ]),
      ),
      value: Number(value),
    }),
  )
