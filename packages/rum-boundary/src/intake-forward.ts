import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { coarseAgent } from './coarse-agent.ts'

export type Track = 'rum' | 'replay'

export interface Shipment {
  readonly track: Track
  readonly clientToken: string
  readonly sdkVersion: string
  readonly userAgent: string | undefined
  readonly body: string | FormData
}

const timeoutMs = 10_000
const pauseMs = 1000
const tries = 2

/** https://browser-intake-us3-datadoghq.com for us3.datadoghq.com, as the SDK's `buildEndpointUrl` has it. */
export const upstreamOf = (site: string): string => {
  const parts = site.split('.')
  const end = parts.pop()
  return `https://browser-intake-${parts.join('-')}.${end ?? ''}`
}

/**
 * Sends on with an address, parameters and headers of our own; of the browser's request only its body, which
 * was rebuilt, and roughly which browser it is. False when Datadog did not take it.
 */
export const forward = async (
  upstream: string,
  { body, clientToken, sdkVersion, track, userAgent }: Shipment,
  stopped: AbortSignal,
): Promise<boolean> => {
  for (let attempt = 1; attempt <= tries && !stopped.aborted; attempt += 1) {
    const parameters = new URLSearchParams({
      ddsource: 'browser',
      'dd-api-key': clientToken,
      'dd-evp-origin-version': sdkVersion,
      'dd-evp-origin': 'browser',
      'dd-request-id': randomUUID(),
      ...(track === 'rum' && { batch_time: String(Date.now()), '_dd.api': 'fetch' }),
    })
    try {
      const response = await fetch(`${upstream}/api/v2/${track}?${parameters}`, {
        method: 'POST',
        body,
        headers: { 'user-agent': coarseAgent(userAgent) },
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopped]),
      })
      await response.body?.cancel()
      if (response.ok) return true
      if (response.status < 500 && response.status !== 429) return false
    } catch {
      // Tried once more, below.
    }
    if (attempt < tries) await setTimeout(pauseMs, undefined, { signal: stopped }).catch(() => {})
  }
  return false
}
