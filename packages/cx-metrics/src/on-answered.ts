import type { ServerResponse } from 'node:http'
import type { Http2ServerResponse } from 'node:http2'
import { clientClosedRequest } from './outcome.ts'

/**
 * Calls back once, when a response was handed over whole, or broke off: as 499 if the client left, and as 500
 * if the server gave up, whatever status it had begun with. The duration is in seconds, from this call on.
 */
export const onAnswered = (
  response: ServerResponse | Http2ServerResponse,
  answered: (statusCode: number, durationSeconds: number) => void,
): void => {
  const began = performance.now()
  let isOpen = true
  const end = (statusCode: number) => {
    if (!isOpen) return
    isOpen = false
    answered(statusCode, (performance.now() - began) / 1000)
  }
  response.once('finish', () => end(isAborted(response) ? broken(response) : response.statusCode))
  response.once('close', () => end(broken(response)))
}

/** HTTP/2's responses finish at any end. */
const isAborted = (response: ServerResponse | Http2ServerResponse): boolean =>
  'stream' in response && response.stream.aborted

/** The server gave up if an error destroyed the response, as a pipeline does it whose source fails. */
const broken = (response: ServerResponse | Http2ServerResponse): number => {
  const { errored } = 'stream' in response ? response.stream : response
  return errored ? 500 : clientClosedRequest
}
