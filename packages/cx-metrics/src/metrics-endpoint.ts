import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { PrometheusText } from './prometheus-text.ts'

export interface MetricsEndpoint {
  /** Rejects, with the remedy, when the port cannot be opened. */
  readonly opened: Promise<void>
  /**
   * Serves until it was scraped once more, so that the last requests are not lost, and closes.
   * Waits one and a half of the last gap between scrapes, and 20 s at most; not at all if nobody ever came twice.
   */
  close(): Promise<void>
}

export interface MetricsEndpointOptions {
  readonly host: string
  readonly port: number
  readonly text: PrometheusText
  /** What else the page holds, such as the host's own instruments; asked for at each scrape. */
  readonly more: () => Promise<string>
}

const path = '/metrics'
const longestWaitMilliseconds = 20_000
const finishWithinMilliseconds = 2000

/** Prometheus' text format at `/metrics`, by the same HTTP contract as exporter-prometheus. */
export const openMetricsEndpoint = ({
  host,
  more,
  port,
  text,
}: MetricsEndpointOptions): MetricsEndpoint => {
  const scrapes = watchScrapes()
  const server = createServer((request, response) => {
    if (!URL.canParse(request.url ?? '', 'http://localhost')) return answer(response, 400)
    if (new URL(request.url ?? '', 'http://localhost').pathname !== path)
      return answer(response, 404)
    scrapes.began()
    response.once('close', scrapes.ended)
    return void writePage(response, text, more).catch(() => response.destroy())
  })
  // A service that has nothing else to do may end.
  server.unref()

  const { promise: opened, reject, resolve } = Promise.withResolvers<void>()
  // A service that does not wait for it must not fall over an unhandled rejection.
  opened.catch(() => {})
  server.once('error', (error) => reject(openingError(error, host, port)))
  server.listen({ host, port }, resolve)

  const close = async (): Promise<void> => {
    text.release()
    if (!server.listening) return
    await scrapes.oneMore()
    const closed = once(server, 'close')
    server.close()
    server.closeIdleConnections()
    // A scrape that is under way is finished, one that hangs is not waited for.
    const timer = setTimeout(() => server.closeAllConnections(), finishWithinMilliseconds)
    await closed
    clearTimeout(timer)
  }
  return { opened, close }
}

const answer = (response: ServerResponse, status: number): void => {
  response.statusCode = status
  response.end()
}

const writePage = async (
  response: ServerResponse,
  text: PrometheusText,
  more: () => Promise<string>,
): Promise<void> => {
  response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  for await (const part of text.parts()) {
    // A scraper that has gone would keep the rest waiting for good.
    if (response.destroyed) return
    if (!response.write(part))
      await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
  response.end(await more())
}

/** Notes when scrapes come, so that a shutdown knows whether another one is to be waited for. */
const watchScrapes = () => {
  let last: number | undefined
  let gap = 0
  let onEnd: (() => void) | undefined

  return {
    began: () => {
      const now = performance.now()
      if (last !== undefined) gap = now - last
      last = now
    },
    ended: () => onEnd?.(),
    oneMore: async (): Promise<void> => {
      if (gap === 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, Math.min(gap * 1.5, longestWaitMilliseconds))
      onEnd = resolve
      await promise
      clearTimeout(timer)
    },
  }
}

const openingError = (cause: NodeJS.ErrnoException, host: string, port: number): Error => {
  const reason = cause.code === 'EADDRINUSE' ? 'the port is in use' : String(cause)
  const remedy = 'Set OTEL_EXPORTER_PROMETHEUS_PORT to a free one'
  return new Error(`the metrics endpoint ${host}:${port} cannot be opened: ${reason}. ${remedy}.`, {
    cause,
  })
}
