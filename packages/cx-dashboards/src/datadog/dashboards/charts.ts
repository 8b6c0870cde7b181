import type { DatadogJson } from '../datadog-object.ts'
import { formats, type Formula, formulaJson, type Query } from './request.ts'
import { type SizedWidget, titleText } from './widget.ts'

/** Where a click on a widget may lead. */
export interface Link {
  readonly label: string
  readonly link: string
}

interface Chart {
  readonly title: string
  readonly queries: readonly Query[]
  readonly formulas: readonly Formula[]
  readonly links?: readonly Link[]
  readonly width?: number
  readonly height?: number
}

/** One number over the range. */
export const value = ({
  formulas,
  height = 2,
  queries,
  title,
  width = 3,
  ...rest
}: Chart): SizedWidget => {
  const [shown] = formulas
  return {
    definition: {
      type: 'query_value',
      title: titleText(title),
      autoscale: true,
      precision: 2,
      ...linked(rest),
      requests: [
        {
          ...request(
            queries,
            formulas.map(({ alias, formula, unit }) => ({ alias, formula, ...(unit && { unit }) })),
            'scalar',
          ),
          ...(shown?.worse && { conditional_formats: formats(shown.worse) }),
        },
      ],
    },
    width,
    height,
  }
}

export const timeseries = ({
  bars = false,
  formulas,
  height = 3,
  queries,
  title,
  width = 6,
  ...rest
}: Chart & { readonly bars?: boolean }): SizedWidget => ({
  definition: {
    type: 'timeseries',
    title: titleText(title),
    show_legend: true,
    legend_layout: 'auto',
    ...linked(rest),
    requests: [
      {
        ...request(queries, formulas, 'timeseries'),
        display_type: bars ? 'bars' : 'line',
        // Told apart by those who do not tell red from green as well.
        style: { palette: 'colorblind_safe' },
      },
    ],
  },
  width,
  height,
})

const rows = 50

/** A line for each group, the worst first. */
export const table = ({
  formulas,
  height = 4,
  queries,
  title,
  width = 12,
  ...rest
}: Chart): SizedWidget => {
  const sorted = Math.max(
    0,
    formulas.findIndex(({ sorts }) => sorts),
  )
  return {
    definition: {
      type: 'query_table',
      title: titleText(title),
      has_search_bar: 'auto',
      ...linked(rest),
      requests: [
        {
          ...request(queries, formulas, 'scalar'),
          sort: { count: rows, order_by: [{ type: 'formula', index: sorted, order: 'desc' }] },
        },
      ],
    },
    width,
    height,
  }
}

const request = (
  queries: readonly Query[],
  formulas: readonly Formula[],
  responseFormat: 'scalar' | 'timeseries',
): DatadogJson => ({
  response_format: responseFormat,
  queries: queries.map(({ json }) => json),
  formulas: formulas.map(formulaJson),
})

const linked = ({ links = [] }: Pick<Chart, 'links'>) =>
  links.length === 0 ? {} : { custom_links: links }
