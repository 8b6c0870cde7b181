import { startSyntheticPrometheus } from './synthetic/synthetic-prometheus.ts'
import type { SyntheticPlan } from './synthetic/synthetic-plan.ts'

/** Where the preview's data comes from. */
export interface PreviewData {
  readonly prometheusUrl: URL
  readonly scrapeIntervalSeconds: number
  stop(): Promise<void>
}

export const recordedData = (prometheus: string, scrapeIntervalSeconds: number): PreviewData => ({
  prometheusUrl: prometheusUrl(prometheus),
  scrapeIntervalSeconds,
  stop: async () => {},
})

/** Invented data of a catalog. @param binary path of `prometheus`; without it, that of PATH */
export const syntheticData = async (
  plan: SyntheticPlan,
  binary: string | undefined,
  signal: AbortSignal,
): Promise<PreviewData> => {
  const tell = (line: string) => console.log(`synthetic: ${line}`)
  if (plan.note) tell(plan.note)
  const { stop, url } = await startSyntheticPrometheus(plan, binary, {
    progress: tell,
    signal,
  })
  // The past has a sample each minute, and queries look back over several.
  return { prometheusUrl: url, scrapeIntervalSeconds: 60, stop }
}

const prometheusUrl = (given: string): URL => {
  const url = URL.parse(given)
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new Error(`--prometheus ${given} is not an http or https URL.`)
}
