/** A series with its samples, as Prometheus' remote write takes it. */
export interface WrittenSeries {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** Seconds since 1970 and value. */
  readonly samples: readonly (readonly [seconds: number, value: number])[]
}

const atOnce = 500

/**
 * Gives a Prometheus samples of its past, which it then has at once; promtool would write blocks that it reads at its next start.
 * @throws {Error} with Prometheus' own words
 */
export const remoteWrite = async (
  url: string,
  series: readonly WrittenSeries[],
  signal: AbortSignal,
): Promise<void> => {
  for (let from = 0; from < series.length; from += atOnce) {
    const response = await fetch(`${url}/api/v1/write`, {
      method: 'POST',
      headers: {
        'content-encoding': 'snappy',
        'content-type': 'application/x-protobuf',
        'x-prometheus-remote-write-version': '0.1.0',
      },
      body: uncompressedSnappy(writeRequest(series.slice(from, from + atOnce))),
      signal,
    })
    const said = await response.text()
    if (!response.ok) throw new Error(`Prometheus refused invented data: ${said.trim()}`)
  }
}

/** https://prometheus.io/docs/specs/prw/remote_write_spec/#protocol */
export const writeRequest = (series: readonly WrittenSeries[]): Buffer =>
  Buffer.concat(series.map((each) => bytesField(1, timeSeries(each))))

const timeSeries = ({ labels, name, samples }: WrittenSeries): Buffer => {
  const all = Object.entries({ ...labels, __name__: name }).filter(([, value]) => value !== '')
  // By their bytes, which the specification demands.
  const sorted = all.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.concat([
    ...sorted.map(([label, value]) =>
      bytesField(
        1,
        Buffer.concat([bytesField(1, Buffer.from(label)), bytesField(2, Buffer.from(value))]),
      ),
    ),
    ...samples.map(sample),
  ])
}

const sample = ([seconds, value]: readonly [number, number]): Buffer => {
  const time = varint(Math.round(seconds * 1000))
  const bytes = Buffer.alloc(12 + time.length)
  // A field of 9 bytes of value and of the time; its lengths are all below 128, a byte each.
  bytes.set([fieldTag(2, 2), bytes.length - 2, fieldTag(1, 1)])
  bytes.writeDoubleLE(value, 3)
  bytes[11] = fieldTag(2, 0)
  bytes.set(time, 12)
  return bytes
}

// https://protobuf.dev/programming-guides/encoding/
const fieldTag = (field: number, wireType: number): number => field * 8 + wireType

const bytesField = (field: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([fieldTag(field, 2)]), varint(content.length), content])

const varint = (value: number): Buffer => {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}

const longestLiteral = 65_536

/** https://github.com/google/snappy/blob/main/format_description.txt: literals alone, since it goes no further than this machine. */
export const uncompressedSnappy = (content: Buffer): Buffer => {
  const parts = [varint(content.length)]
  for (let from = 0; from < content.length; from += longestLiteral) {
    const literal = content.subarray(from, from + longestLiteral)
    const length = literal.length - 1
    parts.push(Buffer.from([61 * 4, length % 256, Math.floor(length / 256)]), literal)
  }
  return Buffer.concat(parts)
}
