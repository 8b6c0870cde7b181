import type { WebApp } from 'cx-definition'
import { environmentVariable } from './environment.ts'

/** A page of Datadog's RUM explorer for the time range of the dashboard. */
export const datadogSessions = (url: string, terms: readonly string[]): string =>
  rumExplorer(url, ['@type:session', ...terms])

export const datadogErrors = (url: string, terms: readonly string[]): string =>
  rumExplorer(url, ['@type:error', ...terms])

/** What services did in the time range of the dashboard, by the route that their spans carry. */
export const datadogTraces = (url: string, route: string): string => {
  const terms = [`env:\${${environmentVariable}}`, `@http.route:"${route}"`]
  return `${url}/apm/traces?query=${terms.map(encoded).join('%20')}&start=\${__from}&end=\${__to}&paused=true`
}

// Grafana puts its variables in, so what is theirs must not be encoded.
const rumExplorer = (url: string, terms: readonly string[]): string =>
  `${url}/rum/sessions?query=${terms.map(encoded).join('%20')}&from_ts=\${__from}&to_ts=\${__to}&live=false`

const encoded = (term: string): string =>
  term
    .split(/(\$\{[^}]*\})/)
    .map((part) => (part.startsWith('${') ? part : encodeURIComponent(part)))
    .join('')

/** @param site as Datadog names it, such as `datadoghq.eu` or `us5.datadoghq.com` */
export const datadogUrl = (site: string): string =>
  `https://${site.split('.').length > 2 ? '' : 'app.'}${site}`

/** The owner is called `team` there, as Datadog's users filter by it. */
export const ofOwner = (name: string): string => `@context.team:${name}`

/** What finds the apps' sessions of the chosen environment. */
export const inDatadog = (apps: readonly WebApp[]): string[] => [
  `service:(${apps.map(({ name }) => name).join(' OR ')})`,
  `env:\${${environmentVariable}}`,
]
