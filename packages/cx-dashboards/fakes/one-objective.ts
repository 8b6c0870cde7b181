import {
  availability,
  catalog,
  type CatalogOptions,
  days,
  feature,
  objective,
  type ObjectiveOptions,
  operation,
  owner,
  percent,
  type Catalog,
} from 'cx-definition'

export const platform = owner('platform')
export const read = operation('api', 'GET', '/documents/:id')
const write = operation('api', 'PUT', '/documents')
export const documents = feature('documents', {
  title: 'Documents',
  description: 'For a test',
  owner: platform,
  operations: [read, write],
})

/** An objective of 99.9 % over 30 days, but for what is said. */
export const documentsObjective = (options: Partial<ObjectiveOptions> = {}) =>
  objective('documents', {
    feature: documents,
    indicator: availability({ of: documents.operations }),
    target: percent(99.9),
    window: days(30),
    ...options,
  })

/** A catalog with that objective alone. */
export const catalogWith = (
  options: Partial<ObjectiveOptions> = {},
  rest: Partial<CatalogOptions> = {},
): Catalog =>
  catalog({
    owners: [platform],
    features: [documents],
    objectives: [documentsObjective(options)],
    ...rest,
  })
