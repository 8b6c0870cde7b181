import { authorizationFrom } from './authorization.ts'

export interface PrometheusAccess {
  readonly url: URL
  /** The value of the Authorization header; undefined for a Prometheus that lets anyone in. */
  readonly authorization: string | undefined
}

/** Where Prometheus is (from `--prometheus`) and who we are there (from the environment: PROMETHEUS_TOKEN and the like). */
export const prometheusAccess = async (
  given: string,
  env: NodeJS.ProcessEnv,
): Promise<PrometheusAccess> => ({
  url: prometheusUrl(given),
  authorization: await authorizationFrom(env, 'PROMETHEUS', 'Prometheus'),
})

const prometheusUrl = (given: string): URL => {
  const url = URL.parse(given)
  // What was given is not quoted before it is known to hold no password.
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error('--prometheus is not an http or https URL. Give it as http://localhost:9090.')
  }
  if (url.username || url.password) {
    throw new Error(
      '--prometheus holds a name or password. Move them to PROMETHEUS_USER and PROMETHEUS_PASSWORD.',
    )
  }
  // Without it the last part of a sub-path, as in https://example.org/prometheus, would be cut off.
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
