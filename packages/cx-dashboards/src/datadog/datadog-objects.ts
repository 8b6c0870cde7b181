import { type Artifact, lazyArtifact } from '../artifact.ts'
import type { DatadogContext } from './datadog-context.ts'
import type { DatadogObject } from './datadog-object.ts'
import { datadogDashboards } from './dashboards.ts'
import { datadogMonitors } from './monitors.ts'
import { datadogSlos } from './slos.ts'

/** All that is made for Datadog, in the order in which it can be made there. */
export const datadogObjects = (context: DatadogContext): readonly DatadogObject[] => [
  ...datadogSlos(context),
  ...datadogMonitors(context),
  ...datadogDashboards(context),
]

/** Files to be read and reviewed; `publish` sends the same, with ids where these have references. */
export const datadogArtifacts = (context: DatadogContext): readonly Artifact[] =>
  datadogObjects(context).map(({ json, kind, name }) =>
    lazyArtifact(`datadog/${kind}s/${name}.json`, () => `${JSON.stringify(json, undefined, 2)}\n`),
  )
