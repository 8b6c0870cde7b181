import { catalog, owner } from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from './build.ts'
import { defineDashboards } from './dashboard-set.ts'
import { row } from './grafana/dashboard.ts'
import { graph } from './grafana/graph.ts'

test('what is built carries no functions, so that it can go to another thread', () => {
  const rows = [row('Row', [graph({ name: 'API' }).requests()])]
  const set = defineDashboards({
    catalog: catalog({ owners: [owner('platform')], features: [] }),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [{ uid: 'one', title: 'One', description: 'One', rows }],
  })
  const built = buildDashboards(set)
  expect(structuredClone(built)).toEqual(built)
})
