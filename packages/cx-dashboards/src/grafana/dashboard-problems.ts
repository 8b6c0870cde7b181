import type { Catalog, Problem } from 'cx-definition'
import type { Dashboard } from './dashboard.ts'
import { unknownOperationProblems } from './known-operations.ts'
import { gridColumns } from './layout.ts'
import type { Panel } from './panel.ts'

export const dashboardProblems = (
  path: string,
  { forOneCustomer = false, leadsTo = [], rows, uid, zoomOutTo }: Dashboard,
  uids: ReadonlyMap<string, unknown>,
  catalog: Catalog,
): Problem[] => {
  const dimension = catalog.dimension.name
  const panels = rows.flatMap((each) => each.panels)
  return [
    ...(/^[\w-]{1,40}$/.test(uid) ? [] : [badUid(`${path}.uid`, uid)]),
    ...(panels.length > 0 ? [] : [noPanels(path)]),
    ...new Set(panels.flatMap(({ problems }) => problems)),
    ...unknownOperationProblems(catalog, [...new Set(panels.flatMap(({ asksFor }) => asksFor))]),
    ...panels.flatMap((panel, index) => sizeProblems(`${path} panel ${index + 1}`, panel)),
    ...[
      ...new Set([
        ...panels.flatMap(({ linksTo }) => linksTo),
        ...leadsTo,
        ...(zoomOutTo ? [zoomOutTo] : []),
      ]),
    ]
      .filter((linked) => !uids.has(linked))
      .map((missing) => unknownDashboard(path, missing, [...uids.keys()])),
    ...[...new Set(panels.flatMap(({ reads }) => reads))]
      .filter((name) => !forOneCustomer || name !== dimension)
      .map((name) => unknownVariable(path, name, dimension)),
  ]
}

const badUid = (path: string, uid: string): Problem => ({
  code: 'CX_ERR_NAME',
  path,
  message: `${JSON.stringify(uid)} is no uid`,
  remedy: 'Use 1 to 40 letters, digits, hyphens and underscores',
})

const noPanels = (path: string): Problem => ({
  code: 'CX_ERR_EMPTY',
  path,
  message: 'the dashboard has no panel',
  remedy: "Take panels from a graph, such as graph({ name: 'API' }).availability()",
})

const unknownDashboard = (path: string, uid: string, uids: readonly string[]): Problem => ({
  code: 'CX_ERR_UNKNOWN_DASHBOARD',
  path,
  message: `it links to ${JSON.stringify(uid)}, which is not among the dashboards`,
  remedy: `Use one of ${uids.join(', ')}`,
})

const unknownVariable = (path: string, name: string, dimension: string): Problem => ({
  code: 'CX_ERR_UNKNOWN_VARIABLE',
  path,
  message: `a panel reads the variable ${JSON.stringify(name)}, which the dashboard does not have`,
  remedy: `Set forOneCustomer and use variable(${JSON.stringify(dimension)})`,
})

const sizeProblems = (path: string, { height, width }: Panel): Problem[] => {
  const isSize = (value: number, most: number) =>
    Number.isInteger(value) && value >= 1 && value <= most
  if (isSize(width, gridColumns) && isSize(height, 1000)) return []
  const message = `a panel of ${width} × ${height} does not fit the grid`
  return [
    {
      code: 'CX_ERR_LAYOUT',
      path,
      message,
      remedy: `Give a width of 1 to ${gridColumns} and a height from 1 up`,
    },
  ]
}
