/** A request that is sent many times. */
export interface CountedRequest {
  readonly method: 'GET' | 'PUT'
  readonly path: string
  readonly customer?: string
  readonly body?: object
}

/** What was answered until a moment. */
export interface Answered {
  readonly total: number
  readonly failed: number
}

export interface CountedTraffic {
  /** In turn, some at once; resolves when all are answered. */
  send(requests: readonly CountedRequest[], count: number): Promise<void>
  /** @param moment milliseconds since 1970 */
  until(moment: number): Answered
}

const atOnce = 16

/** Sends requests to a service and keeps when each was answered, and how. */
export const countedTraffic = (baseUrl: string): CountedTraffic => {
  const answers: { readonly at: number; readonly failed: boolean }[] = []

  const sendOne = async ({ body, customer, method, path }: CountedRequest): Promise<void> => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(customer !== undefined && { 'x-app-customer': customer }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    await response.arrayBuffer()
    answers.push({ at: Date.now(), failed: response.status >= 500 })
  }

  return {
    send: async (requests, count) => {
      let sent = 0
      const worker = async (): Promise<void> => {
        while (sent < count) {
          const request = requests[sent % requests.length]
          sent += 1
          if (request) await sendOne(request)
        }
      }
      await Promise.all(Array.from({ length: atOnce }, worker))
    },
    until: (moment) => {
      const before = answers.filter(({ at }) => at <= moment)
      return { total: before.length, failed: before.filter(({ failed }) => failed).length }
    },
  }
}
