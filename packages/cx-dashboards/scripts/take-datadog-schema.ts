import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

/**
 * Takes what we send from Datadog's published OpenAPI schema, without its prose, as JSON Schema: `node scripts/take-datadog-schema.ts FILE`.
 * The file is `.generator/schemas/v1/openapi.yaml` of a client, such as github.com/DataDog/datadog-api-client-go/v2 (`go mod download`).
 */
const sent = ['Dashboard', 'Monitor', 'ServiceLevelObjectiveRequest']
const prose = new Set(['description', 'discriminator', 'example', 'externalDocs', 'title'])

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name the openapi.yaml to take it from')
const { components } = parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }) as {
  components: { schemas: Readonly<Record<string, unknown>> }
}

/** OpenAPI 3.0 says what may be null beside the type. @param isNames whether the keys are names of properties, and no keywords */
const schemaOf = (of: unknown, isNames = false): unknown => {
  if (Array.isArray(of)) return of.map((each) => schemaOf(each))
  if (typeof of !== 'object' || of === null) return of
  const kept = Object.entries(of).filter(
    ([key]) => isNames || !(prose.has(key) || key === 'nullable' || key.startsWith('x-')),
  )
  const schema = Object.fromEntries(
    kept.map(([key, value]) => [key, schemaOf(value, !isNames && key === 'properties')]),
  )
  return !isNames && 'nullable' in of && of.nullable === true
    ? { anyOf: [schema, { type: 'null' }] }
    : schema
}

const taken = new Map<string, unknown>()
const take = (name: string): void => {
  if (taken.has(name)) return
  const schema = schemaOf(components.schemas[name])
  taken.set(name, schema)
  for (const [, other = ''] of JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g))
    take(other)
}
for (const name of sent) take(name)

const $comment =
  'From the OpenAPI schema of Datadog’s API, v1. Copyright Datadog, Inc., Apache-2.0.'
const schemas = Object.fromEntries([...taken].toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(
  new URL('../fakes/datadog-schema.json', import.meta.url),
  `${JSON.stringify({ $comment, components: { schemas } })}\n`,
)
