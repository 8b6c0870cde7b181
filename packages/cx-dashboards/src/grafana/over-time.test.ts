import { catalog, feature, operation, owner } from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { row } from './dashboard.ts'
import { graph } from './graph.ts'

interface Built {
  readonly options?: { readonly legend?: { readonly placement?: string } }
}

const legendOf = (operations: number): string | undefined => {
  const platform = owner('platform')
  const routes = Array.from({ length: operations }, (_, index) =>
    operation('some-service', 'GET', `/api/${index}`),
  )
  const rows = [row('Row', [graph({ name: 'API' }).requestRateOverTime()])]
  const [dashboard] = buildDashboards(
    defineDashboards({
      catalog: catalog({
        owners: [platform],
        features: [feature('documents', { owner: platform, operations: routes })],
      }),
      folder: { uid: 'cx', title: 'CX' },
      dashboards: [{ uid: 'one', title: 'One', description: 'For a test', rows }],
    }),
  )
  const [, panel] = (dashboard?.json.panels ?? []) as readonly Built[]
  return panel?.options?.legend?.placement
}

test.for([
  [1, 'bottom'],
  [6, 'bottom'],
  [7, 'right'],
  [14, 'right'],
  // Neither place has room for them, and a list at the side would take the graph's.
  [15, 'bottom'],
] as const)('the names of %i operations stand at the %s', ([operations, place]) => {
  expect(legendOf(operations)).toBe(place)
})
