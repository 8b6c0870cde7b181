import type { Dashboard, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard'
import { promqlSelectors } from './promql-selectors.ts'
import type { Broken, DashboardRule } from './rule.ts'

const variablesOf = ({ templating }: Dashboard): readonly VariableModel[] => templating?.list ?? []

const ofType = (dashboard: Dashboard, type: string): readonly VariableModel[] =>
  variablesOf(dashboard).filter((each) => each.type === type)

const templateDatasource: DashboardRule = {
  name: 'template-datasource-rule',
  check: (dashboard) => {
    const [first] = ofType(dashboard, 'datasource')
    if (!first) {
      return [
        {
          message: 'there is no variable for the data source',
          remedy: 'Add a variable of the type datasource, called datasource',
        },
      ]
    }
    return [
      ...differs('the data source variable’s name', first.name, [
        'datasource',
        'prometheus_datasource',
      ]),
      ...differs('the data source variable’s label', first.label, [
        'Data source',
        'Prometheus data source',
      ]),
    ]
  },
}

const differs = (what: string, found: string | undefined, allowed: readonly string[]): Broken[] =>
  allowed.includes(found ?? '')
    ? []
    : [
        {
          message: `${what} is ${JSON.stringify(found ?? '')}`,
          remedy: `Use ${allowed.map((each) => JSON.stringify(each)).join(' or ')}`,
        },
      ]

/** The linter wants to choose by what a scrape adds. */
const templateOf = (name: 'job' | 'instance'): DashboardRule => ({
  name: `template-${name}-rule`,
  check: (dashboard) => {
    const variable = variablesOf(dashboard).find((each) => each.name === name)
    const label = name.charAt(0).toUpperCase() + name.slice(1)
    const isRight =
      variable?.type === 'query' &&
      variable.label === label &&
      variable.multi === true &&
      variable.allValue === '.+' &&
      isTemplated(variable.datasource?.uid)
    if (isRight) return []
    return [
      {
        message: variable
          ? `the variable ${name} is not as it should be`
          : `there is no variable ${name}`,
        remedy: `Make it a query of \${datasource}, labelled ${label}, multi, with ".+" for all`,
      },
    ]
  },
})

const isTemplated = (uid: string | undefined): boolean =>
  /^\$(\{(prometheus_)?datasource\}|(prometheus_)?datasource)$/.test(uid ?? '')

// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
const labelFunctions = ['label_names', 'label_values', 'metrics', 'query_result']

const templateLabelPromql: DashboardRule = {
  name: 'template-label-promql-rule',
  check: (dashboard) =>
    ofType(dashboard, 'query').flatMap((variable) => {
      const problem = queryProblem(queryOf(variable))
      return problem === undefined
        ? []
        : [
            {
              message: `the variable ${variable.name} asks ${JSON.stringify(queryOf(variable))}, ${problem}`,
              remedy: 'Ask as label_values(metric{…}, label) does',
            },
          ]
    }),
}

const queryOf = ({ query }: VariableModel): string => {
  if (typeof query === 'string') return query
  const inner: unknown = query?.['query']
  return typeof inner === 'string' ? inner : ''
}

const queryProblem = (query: string): string | undefined => {
  const [, name = '', inner = ''] = /^\s*(\w+)\(([\s\S]*)\)\s*$/.exec(query) ?? []
  if (!labelFunctions.includes(name)) return 'which is no function of the data source'
  if (name !== 'label_values' && name !== 'query_result') return undefined
  const series = name === 'label_values' ? inner.replace(/,?\s*\w+\s*$/, '') : inner
  if (name === 'label_values' && series === '') return undefined
  return promqlSelectors(series) ? undefined : 'which does not parse'
}

const templateOnTimeChangeReload: DashboardRule = {
  name: 'template-on-time-change-reload-rule',
  check: (dashboard) =>
    ofType(dashboard, 'query')
      .filter(({ refresh }) => refresh !== 2)
      .map(({ name }) => ({
        message: `the variable ${name} is not asked again when the time range changes`,
        remedy: 'Set its refresh to 2, on time range change',
      })),
}

const uneditableDashboard: DashboardRule = {
  name: 'uneditable-dashboard-rule',
  check: ({ editable }) =>
    editable === false
      ? []
      : [{ message: 'it can be edited in Grafana', remedy: 'Set editable to false' }],
}

/** https://github.com/grafana/dashboard-linter/tree/main/docs/rules */
export const dashboardRules: readonly DashboardRule[] = [
  templateDatasource,
  templateOf('job'),
  templateOf('instance'),
  templateLabelPromql,
  templateOnTimeChangeReload,
  uneditableDashboard,
]
