import { attributes, dimensionAttribute } from 'cx-definition'

/** How an attribute is called in Prometheus, whichever transport brought it. */
export const labelName = (attribute: string, dimension: string): string =>
  (attribute === dimensionAttribute ? dimension : attribute).replaceAll(/[^a-zA-Z0-9_]/g, '_')

export const labels = {
  method: labelName(attributes.method, ''),
  route: labelName(attributes.route, ''),
  outcome: labelName(attributes.outcome, ''),
  service: labelName(attributes.service, ''),
  environment: labelName(attributes.environment, ''),
  app: attributes.app,
  step: attributes.step,
  owner: attributes.owner,
  feature: attributes.feature,
  source: attributes.source,
  job: labelName(attributes.jobName, ''),
  page: attributes.page,
} as const
