import type { Catalog, Objective } from 'cx-definition'
import { exampleEvents, type MovedSeries } from '../../promql/example-events.ts'
import { madeCustomers, troubles } from './api-series.ts'
import type { MadeSeries } from './made-series.ts'

/** Series of an objective over other metrics than those of requests and journeys, whatever they are: found from its selectors. */
export const otherSeries = (
  catalog: Catalog,
  objective: Objective,
  environment: string,
): readonly MadeSeries[] => {
  const failed = 0.3 * (1 - objective.target.ratio)
  const perSecond = Math.min(20, (objective.traffic?.perHour ?? 1800) / 3600)
  return exampleEvents(objective.indicator, catalog.dimension.name).flatMap(({ bad, good }) => {
    const moved = [
      ...new Map([...good, ...bad].map((each) => [JSON.stringify(each), each])).values(),
    ]
    return moved.flatMap((each) => {
      const share = partOf(good, each) * (1 - failed) + partOf(bad, each) * failed
      const { from, to, failed: then } = troubles.outage
      const hit = partOf(good, each) * (1 - then) + partOf(bad, each) * then
      return madeCustomers(catalog).map(([customer, weight]) => ({
        name: each.name,
        labels: labelsOf(each, customer, environment),
        kind: 'counter' as const,
        perSecond: perSecond * weight,
        share,
        spells: [{ from, to, share: hit }],
        flow: objective.name,
        isWhole: true,
      }))
    })
  })
}

const partOf = (events: readonly MovedSeries[], one: MovedSeries): number =>
  events.some((each) => JSON.stringify(each) === JSON.stringify(one)) ? 1 : 0

const labelsOf = (moved: MovedSeries, name: string, environment: string) => ({
  ...moved.labels,
  ...(typeof moved.environment === 'string' && { [moved.environment]: environment }),
  // Without a label for them, an instance each tells them apart.
  ...(moved.customer === undefined ? { instance: `made-${name}` } : { [moved.customer]: name }),
})
