import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import * as units from '@grafana/grafana-foundation-sdk/units'
import { judgedPanels, type PanelRule } from './rule.ts'

const ofJudged = ({ check, name }: PanelRule): PanelRule => ({
  name,
  check: (panel, dashboard) => (judgedPanels.has(panel.type) ? check(panel, dashboard) : []),
})

const panelDatasource: PanelRule = {
  name: 'panel-datasource-rule',
  check: ({ datasource }, { templating }) => {
    const names = (templating?.list ?? [])
      .filter(({ type }) => type === 'datasource')
      .flatMap(({ name }) => [`$${name}`, `\${${name}}`])
    const uid = datasource?.uid ?? ''
    if (names.includes(uid)) return []
    return [
      {
        message: `its data source is ${JSON.stringify(uid)}, which nobody can choose`,
        remedy: 'Use ${datasource}',
      },
    ]
  },
}

const panelTitleDescription: PanelRule = {
  name: 'panel-title-description-rule',
  check: ({ description, title }) => {
    const missing = [...(title ? [] : ['title']), ...(description ? [] : ['description'])]
    return missing.length === 0
      ? []
      : [{ message: `it has no ${missing.join(' and no ')}`, remedy: 'Say what it shows' }]
  },
}

const panelUnits: PanelRule = {
  name: 'panel-units-rule',
  check: (panel) => {
    const unit = unitOf(panel)
    if (showsNoNumber(panel) || hasMappings(panel) || knownUnits.has(unit)) return []
    return [
      {
        message:
          unit === '' ? 'it has no unit' : `its unit ${JSON.stringify(unit)} is none of Grafana's`,
        remedy: 'Give its unit, or "none", as @grafana/grafana-foundation-sdk/units names it',
      },
    ]
  },
}

// The SDK's list and the linter's are both of Grafana's own, which is https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts
const knownUnits: ReadonlySet<unknown> = new Set(Object.values(units))

/** The value of a property in the last override that sets it, as the linter reads it. */
const overridden = ({ fieldConfig }: Panel, id: string): unknown =>
  fieldConfig?.overrides
    ?.flatMap(({ properties }) => properties)
    .findLast((property) => property.id === id && property.value != null)?.value

const unitOf = (panel: Panel): string => {
  const unit = overridden(panel, 'unit') ?? panel.fieldConfig?.defaults?.unit
  return typeof unit === 'string' ? unit : ''
}

const hasMappings = (panel: Panel): boolean =>
  overridden(panel, 'mappings') !== undefined || !!panel.fieldConfig?.defaults?.mappings

const showsNoNumber = ({ options, type }: Panel): boolean =>
  type === 'stat' && !!options?.['reduceOptions']?.fields

const panelNoTargets: PanelRule = {
  name: 'panel-no-targets-rule',
  check: ({ targets }) =>
    targets && targets.length > 0
      ? []
      : [{ message: 'it asks nothing', remedy: 'Add a query, or make it a text panel' }],
}

/** https://github.com/grafana/dashboard-linter/tree/main/docs/rules */
export const panelRules: readonly PanelRule[] = [
  panelDatasource,
  panelTitleDescription,
  panelUnits,
  panelNoTargets,
].map(ofJudged)
