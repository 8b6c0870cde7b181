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

/** Queries of a panel are called A, B, C and so on, by their place; the SDK leaves them without a name. */
export const refId = (index: number): string => String.fromCodePoint('A'.codePointAt(0)! + index)
