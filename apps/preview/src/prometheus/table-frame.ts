import { createDataFrame, FieldType, type DataFrame } from '@grafana/data'
import { seriesOf, sampleValue, type PrometheusResult } from './prometheus-response.ts'

/** One row a sample: Time, a text field for every label, and the value. */
export function tableFrame(result: PrometheusResult, refId: string, valueName: string): DataFrame {
  const rows = seriesOf(result).flatMap(({ labels, samples }) =>
    samples.map(([seconds, value]) => ({ labels, seconds, value })),
  )
  const labelNames = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))].toSorted()
  return createDataFrame({
    refId,
    fields: [
      {
        name: 'Time',
        type: FieldType.time,
        config: {},
        values: rows.map(({ seconds }) => seconds * 1000),
      },
      ...labelNames.map((label) => ({
        name: label,
        type: FieldType.string,
        config: { filterable: true },
        values: rows.map(({ labels }) => labels[label] ?? ''),
      })),
      {
        name: valueName,
        type: FieldType.number,
        config: {},
        values: rows.map(({ value }) => sampleValue(value)),
      },
    ],
  })
}

/** Grafana numbers the value column as soon as a panel has several table queries, so that they can be told apart after a join. */
export const valueColumnName = (refId: string, tableQueries: number) =>
  tableQueries > 1 ? `Value #${refId}` : 'Value'
