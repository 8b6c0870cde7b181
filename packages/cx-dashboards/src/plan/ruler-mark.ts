import { fingerprint } from '../grafana/fingerprint.ts'
import type { RuleGroup } from '../prometheus/rule-group.ts'
import { splitComment, withComment } from '../promql/comment.ts'
import { type LiveGroup, readGroup } from './live-rules.ts'
import { groupText } from './same-rules.ts'

/**
 * A ruler counts no versions and has no place for notes. What it keeps to the letter, and strips before it evaluates, is a comment in
 * an expression (https://github.com/grafana/grafana/pull/126152): the first rule of a group carries the state that the group was sent in.
 */
export const withMark = (group: RuleGroup): RuleGroup => {
  const [first, ...others] = group.rules
  if (!first) return group
  const comment = markOf(readGroup(group))
  return { ...group, rules: [{ ...first, expr: withComment(first.expr, comment) }, ...others] }
}

export interface MarkedGroup {
  /** Without the mark. */
  readonly group: LiveGroup
  /** Whether it is as we sent it; undefined where it carries no mark. */
  readonly untouched: boolean | undefined
}

export const readMark = (live: LiveGroup): MarkedGroup => {
  const [first, ...others] = live.rules
  if (!first) return { group: live, untouched: undefined }
  const { comment, text } = splitComment(first.expr, /^cx-dashboards [0-9a-f]{16}$/)
  if (comment === undefined) return { group: live, untouched: undefined }
  const group = { ...live, rules: [{ ...first, expr: text }, ...others] }
  return { group, untouched: comment === markOf(group) }
}

const markOf = (group: LiveGroup): string =>
  `cx-dashboards ${fingerprint(groupText(group)).slice(0, 16)}`
