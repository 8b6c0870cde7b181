import type { Catalog, Feature } from 'cx-definition'

/** Those of which there is something to show, and so a dashboard. */
export const isShown = (feature: Feature, { journeys }: Pick<Catalog, 'journeys'>): boolean =>
  feature.operations.length > 0 || journeys.some((each) => each.feature.name === feature.name)
