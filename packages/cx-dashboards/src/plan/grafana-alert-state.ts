import { prometheusDuration } from '../check/retention.ts'
import { fingerprint } from '../grafana/fingerprint.ts'
import { type JsonRecord, listOf, recordOf, textOf } from '../publishers/json-record.ts'
import type { LiveGroup, LiveRule } from './live-rules.ts'

/**
 * Keeps the state in which a rule was sent, since Grafana's rules have no version to go by. Annotations whose names are between
 * underscores are not told in notifications.
 */
const stateAnnotation = '__cx_state__'

/** A rule with its state written down. */
export const withState = <Rule extends { readonly annotations: Readonly<Record<string, string>> }>(
  rule: Rule,
): Rule => ({
  ...rule,
  annotations: { ...rule.annotations, [stateAnnotation]: ruleState({ ...rule }) },
})

export const writtenState = ({ annotations }: JsonRecord): string | undefined =>
  textOf(recordOf(annotations)[stateAnnotation])

/** What a rule does and says: all that we send, without what Grafana adds, and whether somebody paused it. */
export const ruleState = (rule: JsonRecord): string =>
  fingerprint(
    JSON.stringify([
      rule['title'],
      rule['condition'],
      rule['noDataState'],
      rule['execErrState'],
      secondsOf(rule['for']),
      secondsOf(rule['keep_firing_for']),
      rule['missingSeriesEvalsToResolve'],
      inOrder(rule['labels']),
      inOrder(ownAnnotations(rule)),
      listOf(rule['data']).map(recordOf).map(queryState),
    ]),
  ).slice(0, 16)

const queryState = ({ datasourceUid, model, refId }: JsonRecord) => {
  const { conditions, expr, expression, instant, range, type } = recordOf(model)
  return [refId, datasourceUid, expr, instant, range, type, expression, inOrder(conditions)]
}

/** Grafana writes an hour for 60 minutes, and nothing for no time. */
const secondsOf = (text: unknown): unknown =>
  text === undefined || text === '' || text === '0' || text === 0
    ? 0
    : (prometheusDuration(String(text))?.seconds ?? text)

const ownAnnotations = ({ annotations }: JsonRecord): JsonRecord => {
  const { [stateAnnotation]: _, ...own } = recordOf(annotations)
  return own
}

/** Whatever order a server keeps names in. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOrder)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, inner]) => [name, inOrder(inner)])
      : value

/** As rules of Prometheus are told apart, in the same words. */
export const asPrometheusGroup = (
  title: string,
  interval: number,
  rules: readonly JsonRecord[],
): LiveGroup => ({ name: title, interval: `${interval}s`, rules: rules.map(asPrometheusRule) })

const asPrometheusRule = (rule: JsonRecord): LiveRule => ({
  alert: String(rule['title']),
  expr: String(recordOf(recordOf(listOf(rule['data'])[0])['model'])['expr'] ?? ''),
  for: textOf(rule['for']) ?? '0s',
  keepFiringFor: textOf(rule['keep_firing_for']) ?? '0s',
  labels: textsIn(rule['labels']),
  annotations: textsIn(ownAnnotations(rule)),
})

const textsIn = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(recordOf(value)).map(([name, text]) => [name, String(text)]))
