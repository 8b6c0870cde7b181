import { type Catalog, isWholeText, type Problem, quote, urlProblems } from 'cx-definition'
import { type DatadogContact, datadogContactProblems } from './contact.ts'
import { tagValue } from './metric-query.ts'

/** Where the web apps' sessions are, and whether a team looks at the same and is alerted there. */
export interface Datadog {
  /** As Datadog names it, such as `datadoghq.eu` or `us5.datadoghq.com`: dashboards and alerts of Grafana lead there. */
  readonly site: string
  /** Dashboards, SLOs and monitors for Datadog are made where this is given. */
  readonly monitors?: DatadogMonitors
}

/** What is made for Datadog, and whom it tells. */
export interface DatadogMonitors {
  /** `shadow`: they judge, and tell nobody, beside whatever tells people until they are trusted. */
  readonly mode: 'shadow' | 'primary'
  /** The value of `env` whose customers count. Dashboards show all. */
  readonly environment: string
  readonly contacts: readonly DatadogContact[]
  /** Also a ticket for each kind of error that was never seen before, which takes Datadog's Error Tracking. Default: false. */
  readonly newErrors?: boolean
  /** Where the generated runbooks are read. Default: that of `alerting`. */
  readonly runbookUrl?: string
  /** Where the Grafana twins of the dashboards are. Default: that of `alerting`. */
  readonly grafanaUrl?: string
}

/** @param path where it stands, such as `datadog` */
export const datadogProblems = (
  path: string,
  { monitors, site }: Datadog,
  catalog: Catalog,
): Problem[] => [
  ...siteProblems(`${path}.site`, site),
  ...(monitors ? monitorsProblems(`${path}.monitors`, monitors, catalog) : []),
]

const monitorsProblems = (path: string, monitors: DatadogMonitors, catalog: Catalog): Problem[] => [
  ...datadogContactProblems(`${path}.contacts`, monitors.contacts, catalog),
  ...modeProblems(`${path}.mode`, monitors.mode),
  ...environmentProblems(`${path}.environment`, monitors.environment),
  ...(['grafanaUrl', 'runbookUrl'] as const).flatMap((field) => {
    const address = monitors[field]
    return address === undefined ? [] : urlProblems(`${path}.${field}`, address)
  }),
]

/** Two that become the same tag would be one there. */
export const tagProblems = (path: string, value: string): Problem[] =>
  tagValue(value) === value
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${quote(value)} is kept by Datadog as ${quote(tagValue(value))}`,
          remedy: 'Use lower case, and neither begin nor end with an underscore',
        },
      ]

const modes = ['shadow', 'primary'] as const

const modeProblems = (path: string, mode: DatadogMonitors['mode']): Problem[] =>
  modes.includes(mode)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${JSON.stringify(mode)} is no mode`,
          remedy: "Use 'shadow', which tells nobody, or 'primary'",
        },
      ]

const environmentProblems = (path: string, name: string): Problem[] =>
  tagValue(name) !== '' && isWholeText(name)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${quote(name)} is empty as a tag, or holds a character that is none`,
          remedy: 'Give the value of deployment.environment.name, such as production',
        },
      ]

// https://docs.datadoghq.com/getting_started/site/
const siteProblems = (path: string, site: string): Problem[] =>
  /^(?!(?:api|app)\.)([a-z\d-]+\.)?(datadoghq\.(com|eu)|ddog-gov\.com)$/.test(site)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${JSON.stringify(site)} is no site of Datadog`,
          remedy: 'Use its name without a scheme, such as datadoghq.eu or us5.datadoghq.com',
        },
      ]
