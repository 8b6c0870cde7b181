import { quote, type Problem } from 'cx-definition'
import type { LintPlace, LintResult } from './rule.ts'

/** A rule of Grafana's dashboard-linter that is broken on purpose. */
export interface LintExclusion {
  /** Such as `panel-units-rule`. */
  readonly rule: string
  readonly reason: string
  /** By their titles; everywhere if left out. */
  readonly places?: readonly LintPlace[]
}

/** One of ours, which may hold for less than the linter can be told. */
interface OurExclusion extends LintExclusion {
  readonly holds?: (result: LintResult) => boolean
}

const noJob =
  'Queries choose by deployment_environment_name and service_name, which series have in Prometheus and under OTLP alike; what is pushed has no scrape job, and recorded series have neither job nor instance.'

/** What holds for everything that is generated here. */
export const ourExclusions: readonly OurExclusion[] = [
  ...['template-job-rule', 'template-instance-rule', 'target-job-rule', 'target-instance-rule'].map(
    (rule) => ({ rule, reason: noJob }),
  ),
  {
    rule: 'target-rate-interval-rule',
    reason:
      'Numbers and tables tell of their whole window, such as the time range; graphs of what is rare tell of ten minutes or more around each point, since less holds nothing to divide.',
    holds: ({ instant, selector }) => instant === true || isLong(selector?.range ?? ''),
  },
]

const isLong = (range: string): boolean =>
  /^\d+[hdw]/.test(range) || (/^\d+m$/.test(range) && Number.parseInt(range, 10) >= 10)

export const isExcluded = (result: LintResult, exclusions: readonly LintExclusion[]): boolean =>
  [...ourExclusions, ...exclusions].some(
    (each: OurExclusion) =>
      each.rule === result.rule &&
      (each.holds?.(result) ?? true) &&
      (!each.places || each.places.some((place) => includes(place, result.place))),
  )

const includes = (allowed: LintPlace, place: LintPlace): boolean =>
  allowed.dashboard === place.dashboard &&
  (allowed.panel === undefined || allowed.panel === place.panel) &&
  (allowed.target === undefined || allowed.target === place.target)

/** The linter takes any text for a rule, and so a wrong one excludes nothing. */
export const exclusionProblems = (path: string, exclusions: readonly LintExclusion[]): Problem[] =>
  exclusions.flatMap(({ reason, rule }, index) => [
    ...(/^[a-z]+(-[a-z]+)+$/.test(rule) ? [] : [noRule(`${path}[${index}].rule`, rule)]),
    ...(reason.trim() === '' ? [noReason(`${path}[${index}].reason`, rule)] : []),
  ])

const noRule = (path: string, rule: string): Problem => ({
  code: 'CX_ERR_NAME',
  path,
  message: `${quote(rule)} is no rule of dashboard-linter`,
  remedy: 'Use its name, such as panel-units-rule',
})

const noReason = (path: string, rule: string): Problem => ({
  code: 'CX_ERR_EMPTY',
  path,
  message: `nobody learns why ${quote(rule)} does not hold`,
  remedy: 'Give the reason in a sentence',
})
