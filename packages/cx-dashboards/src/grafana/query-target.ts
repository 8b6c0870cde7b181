import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus'
import type { Expression } from '../promql/expression.ts'
import { datasource } from './house-style.ts'

/** One value for the whole time range, as numbers show it. */
export const instantTarget = (expression: Expression) =>
  new prometheus.DataqueryBuilder().datasource(datasource).expr(expression.text).instant()

/** A row for each label set, as tables show it. */
export const tableTarget = (expression: Expression) =>
  instantTarget(expression).format(prometheus.PromQueryFormat.Table)

export const rangeTarget = (expression: Expression, legend: string) =>
  new prometheus.DataqueryBuilder()
    .datasource(datasource)
    .expr(expression.text)
    .legendFormat(legend)
    .range()

/** Queries of a panel are called A, B and so on to Z, AA, AB, by their place; the SDK leaves them without a name. */
export const refId = (index: number): string =>
  (index < letters ? '' : refId(Math.floor(index / letters) - 1)) +
  String.fromCodePoint('A'.codePointAt(0)! + (index % letters))

const letters = 26
