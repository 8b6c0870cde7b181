import cluster from 'node:cluster'
import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { PrometheusText } from './prometheus-text.ts'

export interface MetricsEndpoint {
  /** Rejects, with the remedy, when the port cannot be opened. */
  readonly opened: Promise<void>
  /**
   * Serves until everyone who scrapes has come once more, so that the last requests are not lost, and closes.
   * Waits one and a half of a scraper's last gap, and 20 s at most; not at all if nobody ever came twice.
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
  let closing = false
  const server = createServer((request, response) => {
    if (!URL.canParse(request.url ?? '', 'http://localhost')) return answer(response, 400)
    if (new URL(request.url ?? '', 'http://localhost').pathname !== path)
      return answer(response, 404)
    // One Prometheus of a pair, or a person who looks by hand, is not the other.
    const scraper = `${request.socket.remoteAddress} ${request.headers['user-agent']}`
    scrapes.began(scraper)
    // One that began earlier may have shown a held series at 0, or have passed its place.
    const mayBeLast = closing
    response.once('close', () => {
      if (mayBeLast && response.writableFinished) scrapes.ended(scraper)
    })
    // A connection that is kept open would keep the closing server waiting.
    if (closing) response.setHeader('connection', 'close')
    return void writePage(response, text, more).catch(() => response.destroy())
  })
  // A service that has nothing else to do may end.
  server.unref()

  const { promise: opened, reject, resolve } = Promise.withResolvers<void>()
  // A service that does not wait for it must not fall over an unhandled rejection.
  opened.catch(() => {})
  server.once('error', (error) => reject(openingError(error, host, port)))
  // Exclusive: workers of a cluster that shared a port would answer scrapes in turn, which looks like resets.
  server.listen({ host, port, exclusive: true }, resolve)

  const close = async (): Promise<void> => {
    closing = true
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
  // A scraper that has gone would keep the rest waiting for good.
  const gone = new Promise((resolve) => response.once('close', resolve))
  for await (const part of text.parts()) {
    if (response.destroyed) return
    // Sent before its bytes are written over.
    await Promise.race([new Promise((resolve) => response.write(part, resolve)), gone])
  }
  response.end(await more())
}

const rememberedScrapers = 16

/** Notes who scrapes and how often, so that a shutdown knows whom to wait for, and for how long. */
const watchScrapes = () => {
  const scrapers = new Map<string, { last: number; gap: number }>()
  let onEnd = (_scraper: string) => {}

  return {
    began: (scraper: string) => {
      const now = performance.now()
      const known = scrapers.get(scraper)
      scrapers.delete(scraper)
      scrapers.set(scraper, { last: now, gap: known ? now - known.last : 0 })
      const [oldest] = scrapers.keys()
      if (scrapers.size > rememberedScrapers && oldest !== undefined) scrapers.delete(oldest)
    },
    ended: (scraper: string) => onEnd(scraper),
    /** Until each that comes regularly has come once more, or is overdue. */
    oneMore: async (): Promise<void> => {
      const now = performance.now()
      const expected = [...scrapers]
        .map(([scraper, { gap, last }]) => ({ scraper, wait: last + gap * 1.5 - now }))
        .filter(({ wait }) => wait > 0)
      const missing = new Set(expected.map(({ scraper }) => scraper))
      if (missing.size === 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const longest = Math.max(...expected.map(({ wait }) => wait))
      const timer = setTimeout(resolve, Math.min(longest, longestWaitMilliseconds))
      onEnd = (scraper) => {
        missing.delete(scraper)
        if (missing.size === 0) resolve()
      }
      await promise
      clearTimeout(timer)
    },
  }
}

const openingError = (cause: NodeJS.ErrnoException, host: string, port: number): Error => {
  const reason = cause.code === 'EADDRINUSE' ? 'the port is in use' : String(cause)
  const remedy = cluster.isWorker
    ? 'Give each worker a port: cluster.fork({ OTEL_EXPORTER_PROMETHEUS_PORT: … }); or push with OTEL_METRICS_EXPORTER=otlp'
    : 'Set OTEL_EXPORTER_PROMETHEUS_PORT to a free one'
  return new Error(`the metrics endpoint ${host}:${port} cannot be opened: ${reason}. ${remedy}.`, {
    cause,
  })
}
