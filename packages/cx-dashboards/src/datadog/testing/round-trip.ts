import { createRequire } from 'node:module'
import type { DatadogKind, DatadogObject } from '../datadog-object.ts'

interface Serializer {
  readonly deserialize: (json: unknown, model: string, format: string) => unknown
  readonly serialize: (model: unknown, type: string, format: string) => unknown
}

// What the official client sends and reads everything by; it is no part of what the package exports.
const { ObjectSerializer } = createRequire(import.meta.url)(
  '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/models/ObjectSerializer.js',
) as { readonly ObjectSerializer: Serializer }

const models: Readonly<Record<DatadogKind, string>> = {
  slo: 'ServiceLevelObjectiveRequest',
  monitor: 'Monitor',
  dashboard: 'Dashboard',
}

/** An object as the client's model reads and writes it, and the places that the model does not know. */
export const roundTrip = ({ json, kind }: Pick<DatadogObject, 'json' | 'kind'>) => {
  const model = ObjectSerializer.deserialize(JSON.parse(JSON.stringify(json)), models[kind], '')
  return {
    json: ObjectSerializer.serialize(model, models[kind], ''),
    unknown: unknownIn(model, kind),
  }
}

const unknownIn = (value: unknown, path: string): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  if (value.constructor.name === 'UnparsedObject') return [path]
  const own = Object.entries(value).flatMap(([key, inner]) =>
    key === 'additionalProperties'
      ? Object.keys(inner as object).map((each) => `${path}.${each}`)
      : unknownIn(inner, `${path}.${key}`),
  )
  return '_unparsed' in value && own.length === 0 ? [path] : own
}
