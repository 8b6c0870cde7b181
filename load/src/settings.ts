export interface Settings {
  readonly baseUrl: string
  /** Above 0 and at most 1; shortens every stage. */
  readonly factor: number
  /** The one host beside this machine that may be loaded. */
  readonly allowedHost: string | undefined
}

/** `process.env` under Node, `__ENV` under k6. @throws {Error} that names the variable and its remedy. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => ({
  baseUrl: checkedBaseUrl(env['BASE_URL'] || 'http://127.0.0.1:8080', env['LOAD_ALLOW_HOST']),
  factor: checkedFactor(Number(env['LOAD_FACTOR'] || 1)),
  allowedHost: env['LOAD_ALLOW_HOST'],
})

export const checkedFactor = (factor: number): number => {
  if (factor > 0 && factor <= 1) return factor
  throw new Error(`LOAD_FACTOR is ${factor}: give a number above 0 and at most 1, such as 0.1`)
}

// By hand, since k6 has no URL class: nothing but scheme, host and port, so no user name can hide a host.
const urlPattern = /^http:\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?\/?$/i
const loopbackPattern = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/**
 * Load goes to this machine only: a wrong variable must not attack somebody.
 * Inside compose the service has a name of its own, which `LOAD_ALLOW_HOST` allows by that one name.
 */
export const checkedBaseUrl = (url: string, allowedHost?: string): string => {
  const host = urlPattern.exec(url)?.[1]
  if (host === undefined) {
    throw new Error(`BASE_URL is ${JSON.stringify(url)}: give http://HOST:PORT and nothing else`)
  }
  if (!loopbackPattern.test(host) && host !== allowedHost) {
    throw new Error(
      `BASE_URL leads to ${host}, which is not this machine: use http://127.0.0.1:8080, ` +
        `or set LOAD_ALLOW_HOST=${host} if that host is yours to load`,
    )
  }
  return url.replace(/\/$/, '')
}
