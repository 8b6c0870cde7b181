import { authorizationFrom } from './authorization.ts'

export interface GrafanaAccess {
  readonly url: URL
  /** The value of the Authorization header; undefined for a Grafana that lets anyone in. */
  readonly authorization: string | undefined
}

/** Where Grafana is and who we are there, from the environment. Secrets never stand in a URL or a message. */
export const grafanaAccess = async (env: NodeJS.ProcessEnv): Promise<GrafanaAccess> => ({
  url: grafanaUrl(env.GRAFANA_URL),
  authorization: await authorizationFrom(env, 'GRAFANA', 'Grafana'),
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
