import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboardRules } from './dashboard-rules.ts'
import { panelRules } from './panel-rules.ts'
import { promqlSelectors } from './promql-selectors.ts'
import type { LintResult, LintTarget } from './rule.ts'
import { targetRules } from './target-rules.ts'

/**
 * What Grafana's own dashboard-linter would say of a dashboard in the classic schema, before exclusions. Where the linter
 * looks at less than its rule says, such as at counters without a selector only, this looks at all of it.
 */
export const lintDashboard = (dashboard: Dashboard): readonly LintResult[] => {
  const title = dashboard.title ?? ''
  return [
    ...dashboardRules.flatMap(({ check, name }) =>
      check(dashboard).map((each) => ({ ...each, rule: name, place: { dashboard: title } })),
    ),
    ...panelsOf(dashboard.panels ?? []).flatMap((panel) => lintPanel(panel, dashboard)),
  ]
}

const lintPanel = (panel: Panel, dashboard: Dashboard): LintResult[] => {
  const place = { dashboard: dashboard.title ?? '', panel: panel.title ?? '' }
  return [
    ...panelRules.flatMap(({ check, name }) =>
      check(panel, dashboard).map((each) => ({ ...each, rule: name, place })),
    ),
    ...targetsOf(panel).flatMap((target) =>
      targetRules.flatMap(({ check, name }) =>
        check(target, panel).map((each) => ({
          ...each,
          rule: name,
          place: { ...place, target: target.index },
          instant: target.instant,
        })),
      ),
    ),
  ]
}

/** Those of collapsed rows too. */
const panelsOf = (panels: readonly (Panel | RowPanel)[]): Panel[] =>
  panels.flatMap((each) => (isRow(each) ? panelsOf(each.panels) : [each]))

const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row'

// What asks another data source than Prometheus has no expression.
const targetsOf = ({ targets = [] }: Panel): LintTarget[] =>
  targets.flatMap((target, index) => {
    const expr: unknown = 'expr' in target ? target.expr : undefined
    const instant = 'instant' in target && target.instant === true
    return typeof expr === 'string'
      ? [{ index, expr, instant, selectors: promqlSelectors(expr) }]
      : []
  })
