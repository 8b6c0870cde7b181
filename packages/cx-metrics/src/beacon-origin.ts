import type { FastifyRequest } from 'fastify'

/** Who may send: pages of the service's own origin, and those that are listed. */
export interface AllowedOrigins {
  allows(request: FastifyRequest): boolean
  /** The request's origin where it is a listed one, which a browser wants to be told. */
  listed(request: FastifyRequest): string | undefined
}

/**
 * Browsers say which page a request comes from; anything else can say what it likes, so this keeps
 * other sites out and no more.
 * @throws {TypeError} for what is no origin, such as `*` or a URL with a path
 */
export const allowedOrigins = (origins: readonly string[]): AllowedOrigins => {
  for (const origin of origins) {
    if (originOf(origin) !== origin) {
      throw new TypeError(
        `cx-metrics/beacon: ${JSON.stringify(origin)} is no origin; write it as https://signup.example.com`,
      )
    }
  }
  const listed = ({ headers }: FastifyRequest) =>
    origins.find((origin) => origin === headers.origin)

  return {
    listed,
    allows: (request) => {
      if (listed(request) !== undefined) return true
      const { origin, 'sec-fetch-site': site } = request.headers
      if (site !== undefined) return site === 'same-origin'
      // Not sent without TLS, nor by browsers before 2023.
      const from = URL.parse(origin ?? '')
      // Parsed as well, since a proxy may name the port that a browser leaves out.
      return from !== null && from.host === URL.parse(`${from.protocol}//${request.host}`)?.host
    },
  }
}

const originOf = (text: string): string | undefined => URL.parse(text)?.origin
