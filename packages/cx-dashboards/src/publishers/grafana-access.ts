import { readFile } from 'node:fs/promises'

export interface GrafanaAccess {
  readonly url: URL
  /** The value of the Authorization header; undefined for a Grafana that lets anyone in. */
  readonly authorization: string | undefined
}

/** Where Grafana is and who we are there, from the environment. Secrets never stand in a URL or a message. */
export const grafanaAccess = async (env: NodeJS.ProcessEnv): Promise<GrafanaAccess> => ({
  url: grafanaUrl(env.GRAFANA_URL),
  authorization: await authorization(env),
})

const grafanaUrl = (given: string | undefined): URL => {
  if (!given) throw new Error('GRAFANA_URL is not set. Give it, such as http://localhost:3000.')
  const url = URL.parse(given)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error('GRAFANA_URL is not an http or https URL. Give it as http://localhost:3000.')
  }
  if (url.username || url.password) {
    throw new Error(
      'GRAFANA_URL holds a name or password. Move them to GRAFANA_USER and GRAFANA_PASSWORD.',
    )
  }
  // Without it the last part of a sub-path, as in https://example.org/grafana, would be cut off.
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

const authorization = async (env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  const token =
    env.GRAFANA_TOKEN || (env.GRAFANA_TOKEN_FILE && (await tokenIn(env.GRAFANA_TOKEN_FILE)))
  if (token) return `Bearer ${printable('the Grafana token', token.trim())}`
  if (!env.GRAFANA_USER) return undefined
  if (!env.GRAFANA_PASSWORD)
    throw new Error('GRAFANA_USER is set, GRAFANA_PASSWORD is not. Give both, or GRAFANA_TOKEN.')
  return `Basic ${Buffer.from(`${env.GRAFANA_USER}:${env.GRAFANA_PASSWORD}`).toString('base64')}`
}

const tokenIn = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Error(`GRAFANA_TOKEN_FILE cannot be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

// fetch() would quote a header's bad value in its error.
const printable = (what: string, value: string): string => {
  if (/^[\x21-\x7e]+$/.test(value)) return value
  throw new Error(`${what} holds characters that no token has. Is it the right file, on one line?`)
}
