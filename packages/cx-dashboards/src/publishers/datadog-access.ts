import { secretFrom } from './secret.ts'

export interface DatadogAccess {
  /** Such as `datadoghq.eu`. */
  readonly site: string
  /** Where its API is asked, such as `https://api.datadoghq.eu`. */
  readonly url: string
  readonly apiKey: string
  readonly appKey: string
}

/**
 * Where Datadog is and who we are there: DD_API_KEY and DD_APP_KEY, or files that DD_API_KEY_FILE and DD_APP_KEY_FILE name, and
 * DD_API_URL for a proxy before its API. Keys never stand in a URL or a message.
 * @param site of the set; DD_SITE may only say the same
 */
export const datadogAccess = async (
  site: string,
  env: NodeJS.ProcessEnv,
): Promise<DatadogAccess> => {
  if (env['DD_SITE'] && env['DD_SITE'] !== site) {
    throw new Error(
      `DD_SITE is ${JSON.stringify(env['DD_SITE'])} and the set's datadog.site is ${JSON.stringify(site)}. Give both the same: links lead to the set's.`,
    )
  }
  return {
    site,
    url: apiUrl(env['DD_API_URL'], site),
    apiKey: await keyFrom(env, 'DD_API_KEY', 'the API key'),
    appKey: await keyFrom(env, 'DD_APP_KEY', 'the application key'),
  }
}

const keyFrom = async (env: NodeJS.ProcessEnv, name: string, what: string): Promise<string> => {
  const key = await secretFrom(env, name, `${what} of Datadog`)
  if (key) return key
  throw new Error(`${name} is not set. Give ${what} of Datadog in it, or a file in ${name}_FILE.`)
}

const apiUrl = (given: string | undefined, site: string): string => {
  if (!given) return `https://api.${site}`
  const url = URL.parse(given)
  if (!url || url.username || url.password || url.search || url.hash) {
    throw new Error('DD_API_URL is no plain URL. Give it as https://proxy.example.')
  }
  // Keys travel in headers.
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isOwnMachine(url.hostname))) {
    return url.href.replace(/\/+$/, '')
  }
  throw new Error('DD_API_URL would carry keys in the clear. Give it as https://proxy.example.')
}

const isOwnMachine = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
