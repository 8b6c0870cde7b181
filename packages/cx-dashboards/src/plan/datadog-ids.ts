import { type DatadogKind, type DatadogObject, withIds } from '../datadog/datadog-object.ts'
import { DatadogError } from '../publishers/datadog-error.ts'
import type { JsonRecord } from '../publishers/json-record.ts'

/** The ids of what is there, by kind and name; what is made gets its own while steps are applied. */
export interface DatadogIds {
  readonly idOf: (kind: DatadogKind, name: string) => string | undefined
  readonly set: (kind: DatadogKind, name: string, id: string) => void
  /** What is live with references where our ids are, so that a change is told by name. */
  readonly withReferences: (json: JsonRecord) => JsonRecord
}

export const datadogIds = (): DatadogIds => {
  const ids = new Map<string, string>()
  return {
    idOf: (kind, name) => ids.get(`${kind}/${name}`),
    set: (kind, name, id) => void ids.set(`${kind}/${name}`, id),
    withReferences: (json) => {
      const names = new Map([...ids].map(([place, id]) => [id, `cx-ref(${place})`]))
      const text = JSON.stringify(json).replaceAll(/"(?:[^"\\]|\\.)*"/g, (string) =>
        string.replaceAll(/(?<![\w-])[\w-]{6,}(?![\w-])/g, (id) => names.get(id) ?? id),
      )
      return JSON.parse(text)
    },
  }
}

/** What an object names by reference, such as `monitor/documents-burn-1h`. */
export const referencesIn = (json: unknown): readonly { kind: DatadogKind; name: string }[] => {
  const found: { kind: DatadogKind; name: string }[] = []
  withIds(json, (kind, name) => {
    found.push({ kind, name })
    return undefined
  })
  return found
}

/** @throws {DatadogError} where something that it names is not there */
export const resolved = ({ json, title }: DatadogObject, { idOf }: DatadogIds): JsonRecord => {
  const sent = withIds(json, idOf)
  const [missing] = referencesIn(sent)
  if (!missing) return sent
  throw new DatadogError(
    `“${title}” names the ${missing.kind} ${missing.name}, which is not there. See why it was not published, and publish again.`,
    'refused',
  )
}
