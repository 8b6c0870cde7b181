import { startSyntheticPrometheus } from './synthetic/synthetic-prometheus.ts'
import type { AskPart } from './synthetic/part-loader.ts'

/** Where the preview's data comes from. */
export interface PreviewData {
  readonly prometheusUrl: URL
  readonly scrapeIntervalSeconds: number
  /** Awaited with each query before it is asked. */
  readonly prepare?: (query: string) => Promise<void>
  stop(): Promise<void>
}

export const recordedData = (prometheus: string, scrapeIntervalSeconds: number): PreviewData => ({
  prometheusUrl: prometheusUrl(prometheus),
  scrapeIntervalSeconds,
  stop: async () => {},
})

/** Invented data. @param ask tells what a part of the catalog has @param binary path of `prometheus`; without it, that of PATH */
export const syntheticData = async (
  ask: AskPart,
  binary: string | undefined,
  signal: AbortSignal,
): Promise<PreviewData> => {
  const tell = (line: string) => console.log(`synthetic: ${line}`)
  const { prepare, stop, url } = await startSyntheticPrometheus(ask, binary, {
    progress: tell,
    signal,
  })
  // The past has a sample each minute, and queries look back over several.
  return { prometheusUrl: url, scrapeIntervalSeconds: 60, prepare, stop }
}

const prometheusUrl = (given: string): URL => {
  const url = URL.parse(given)
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new Error(`--prometheus ${given} is not an http or https URL.`)
}
