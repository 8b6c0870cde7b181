import type * as v1 from '@grafana/grafana-foundation-sdk/dashboard'
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import { dataQuery } from './data-query.ts'
import { sameInBoth } from './same-in-both.ts'

/** @throws Error for one of a type that no dashboard of ours has */
export const variableV2 = (variable: v1.VariableModel): v2.VariableKind => {
  const { type } = variable
  if (type === 'datasource') return datasourceVariable(variable)
  if (type === 'query') return queryVariable(variable)
  throw new Error(`the variable ${JSON.stringify(variable.name)} is of the type ${type}`)
}

const datasourceVariable = (variable: v1.VariableModel): v2.DatasourceVariableKind => ({
  kind: 'DatasourceVariable',
  spec: {
    ...common(variable),
    pluginId: typeof variable.query === 'string' ? variable.query : '',
  },
})

const queryVariable = (variable: v1.VariableModel): v2.QueryVariableKind => {
  const { datasource, definition, query, sort } = variable
  return {
    kind: 'QueryVariable',
    spec: {
      ...common(variable),
      sort: sorts[sort ?? 0] ?? v2.VariableSort.Disabled,
      query: dataQuery(datasource, typeof query === 'string' ? asText(query) : (query ?? {})),
      ...(definition === undefined ? {} : { definition }),
    },
  }
}

/** Grafana's place for a query that is no object. */
const asText = (query: string) => ({ __legacyStringValue: query })

const common = (variable: v1.VariableModel) => ({
  name: variable.name,
  ...(variable.label === undefined ? {} : { label: variable.label }),
  ...(variable.description === undefined ? {} : { description: variable.description }),
  hide: hides[variable.hide ?? 0] ?? v2.VariableHide.DontHide,
  skipUrlSync: variable.skipUrlSync ?? false,
  refresh: refreshes[variable.refresh ?? 0] ?? v2.VariableRefresh.Never,
  regex: variable.regex ?? '',
  current: currentOf(variable),
  options: (variable.options ?? []).map((each) => sameInBoth<v2.VariableOption>(each)),
  multi: variable.multi ?? false,
  includeAll: variable.includeAll ?? false,
  ...(variable.allValue === undefined ? {} : { allValue: variable.allValue }),
  allowCustomValue: variable.allowCustomValue ?? true,
})

const currentOf = ({ current }: v1.VariableModel): v2.VariableOption => ({
  text: '',
  value: '',
  ...(current ? sameInBoth<Partial<v2.VariableOption>>(current) : {}),
})

// By their numbers in the classic schema.
const hides = [
  v2.VariableHide.DontHide,
  v2.VariableHide.HideLabel,
  v2.VariableHide.HideVariable,
  v2.VariableHide.InControlsMenu,
]

const refreshes = [
  v2.VariableRefresh.Never,
  v2.VariableRefresh.OnDashboardLoad,
  v2.VariableRefresh.OnTimeRangeChanged,
]

const sorts = [
  v2.VariableSort.Disabled,
  v2.VariableSort.AlphabeticalAsc,
  v2.VariableSort.AlphabeticalDesc,
  v2.VariableSort.NumericalAsc,
  v2.VariableSort.NumericalDesc,
  v2.VariableSort.AlphabeticalCaseInsensitiveAsc,
  v2.VariableSort.AlphabeticalCaseInsensitiveDesc,
  v2.VariableSort.NaturalAsc,
  v2.VariableSort.NaturalDesc,
]
