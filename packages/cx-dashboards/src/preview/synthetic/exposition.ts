interface Named {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

/** A line of Prometheus' text format, as of now. */
export const sampleLine = ({
  series,
  value,
}: {
  readonly series: Named
  readonly value: number
}): string => `${seriesText(series)} ${textOf(value)}\n`

// The same series come hundreds of times.
const written = new WeakMap<Named, string>()

/** A series as PromQL writes it. */
export const seriesText = (series: Named): string => {
  const known = written.get(series)
  if (known !== undefined) return known
  const inner = Object.entries(series.labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  const text = `${series.name}{${inner.join(',')}}`
  written.set(series, text)
  return text
}

// https://prometheus.io/docs/instrumenting/exposition_formats/: these three and no others.
const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const textOf = (value: number): string =>
  String(value)
    .replace(/^Infinity$/, '+Inf')
    .replace('-Infinity', '-Inf')
