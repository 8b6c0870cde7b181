/** By these, dashboards find what `cx-dashboards annotate` marks. */
export const deploymentTags = ['cx', 'deployment'] as const
