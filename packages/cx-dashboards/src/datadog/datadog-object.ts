/** Something generated for Datadog, before its API gave it an id. */
export interface DatadogObject {
  readonly kind: DatadogKind
  /** Its identity in the set, such as `objective-documents-availability`: it stays when titles change. */
  readonly name: string
  readonly title: string
  /** The body as the API takes it. Where an id belongs that the API gives, a `reference` stands. */
  readonly json: DatadogJson
}

/** In the order in which they are made: monitors name SLOs, composite monitors name monitors, dashboards name all. */
export const datadogKinds = ['slo', 'monitor', 'dashboard'] as const
export type DatadogKind = (typeof datadogKinds)[number]

export type DatadogJson = { readonly [field: string]: unknown }

/** Stands for the id of another object of the set, anywhere in a text, until it is published. */
export const reference = (kind: DatadogKind, name: string): string => `cx-ref(${kind}/${name})`

/** Every text with references, with ids in their place. `idOf` says undefined where there is none yet, and the reference stays. */
export const withIds = <Value>(
  value: Value,
  idOf: (kind: DatadogKind, name: string) => string | undefined,
): Value => {
  const text = JSON.stringify(value)
  if (!text.includes('cx-ref(')) return value
  return JSON.parse(
    text.replaceAll(
      /cx-ref\((slo|monitor|dashboard)\/([\w-]+)\)/g,
      (whole, kind: DatadogKind, name: string) => idOf(kind, name) ?? whole,
    ),
  )
}
