import {
  type Catalog,
  type Duration,
  durationProblems,
  isWholeText,
  type Objective,
  type Owner,
  type Percent,
  percent,
  percentProblems,
  type Problem,
  quote,
  seconds,
  shortDuration,
  urlProblems,
} from 'cx-definition'
import { addressBelow } from './page-address.ts'
import { type Contact, contactProblems } from './alertmanager/contact.ts'
import { type Kubernetes, kubernetesProblems } from './kubernetes/kubernetes.ts'

/** Everything about alerts that is not a promise to customers: who hears them, and where they lead. */
export interface Alerting {
  readonly contacts: readonly Contact[]
  /** Values of `deployment_environment_name` in which pages page and a silent service is noticed. */
  readonly environments: readonly string[]
  /** How often rules are evaluated; 5 seconds to a minute that divide a minute. Default: 30 seconds. */
  readonly interval?: Duration
  /** How long a ticket waits for the page that explains it. Default: 5 minutes. */
  readonly ticketsWait?: Duration
  /** Where Grafana is, so that an alert leads to its dashboard. */
  readonly grafanaUrl?: string
  /** Under which address the generated runbooks are read. */
  readonly runbookUrl?: string
  /** The share of an app's sessions that an owner's errors may hit before a ticket. Default: 2 %. */
  readonly sessionsHit?: Percent
  /** Lets Grafana, 12 or later, evaluate the alerts. What they read is recorded by Prometheus' rules as before. */
  readonly grafanaManaged?: {
    /** The uid in Grafana of the Prometheus that keeps what rules record. */
    readonly datasourceUid: string
  }
  /** Makes the rules for the Prometheus Operator as well, and what it scrapes. */
  readonly kubernetes?: Kubernetes
}

export const evaluationInterval = ({ interval }: Alerting): Duration => interval ?? seconds(30)
export const toleratedSessionsHit = ({ sessionsHit }: Pick<Alerting, 'sessionsHit'>): Percent =>
  sessionsHit ?? percent(2)

/** Where it is written what to do when an objective fails: where its team did, or on its generated page. */
export const runbookOf = (
  { name, runbook }: Objective,
  { runbookUrl }: { readonly runbookUrl?: string | undefined },
  page: 'burn' | 'breach' = 'burn',
): string | undefined => runbook ?? (runbookUrl && addressBelow(runbookUrl, `${name}-${page}.md`))

/** Where an owner's rota is. */
export const onCallOf = ({ name }: Owner, { contacts }: Alerting): string | undefined =>
  contacts.find(({ owner }) => owner.name === name)?.onCallUrl

/** @param path where it stands, such as `alerting` */
export const alertingProblems = (path: string, alerting: Alerting, catalog: Catalog): Problem[] => [
  ...contactProblems(`${path}.contacts`, alerting.contacts, catalog),
  ...environmentProblems(`${path}.environments`, alerting.environments),
  ...intervalProblems(`${path}.interval`, evaluationInterval(alerting)),
  ...(alerting.ticketsWait ? durationProblems(`${path}.ticketsWait`, alerting.ticketsWait) : []),
  ...(['grafanaUrl', 'runbookUrl'] as const).flatMap((field) => {
    const address = alerting[field]
    return address === undefined ? [] : urlProblems(`${path}.${field}`, address)
  }),
  ...percentProblems(`${path}.sessionsHit`, toleratedSessionsHit(alerting), { below100: true }),
  ...(alerting.grafanaManaged
    ? datasourceProblems(`${path}.grafanaManaged.datasourceUid`, alerting.grafanaManaged)
    : []),
  ...(alerting.kubernetes
    ? kubernetesProblems(`${path}.kubernetes`, alerting.kubernetes, catalog)
    : []),
]

const datasourceProblems = (
  path: string,
  { datasourceUid }: NonNullable<Alerting['grafanaManaged']>,
): Problem[] =>
  /^[\w-]{1,40}$/.test(datasourceUid)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${quote(datasourceUid)} is no uid of a data source`,
          remedy: 'Give what ends its address in Grafana: /connections/datasources/edit/UID',
        },
      ]

const environmentProblems = (path: string, environments: readonly string[]): Problem[] => {
  if (environments.length === 0) {
    return [
      {
        code: 'CX_ERR_EMPTY',
        path,
        message: 'nothing would ever page',
        remedy: 'Name the environments whose customers count, such as production',
      },
    ]
  }
  return environments.flatMap((name, index) =>
    name.trim() === '' || !isWholeText(name) || environments.indexOf(name) !== index
      ? [
          {
            code: 'CX_ERR_NAME' as const,
            path: `${path}[${index}]`,
            message: `${quote(name)} is empty, there already, or holds a character that is none`,
            remedy: 'Give each value of deployment.environment.name once',
          },
        ]
      : [],
  )
}

const intervalProblems = (path: string, interval: Duration): Problem[] =>
  interval.seconds >= 5 && interval.seconds <= 60 && 60 % interval.seconds === 0
    ? []
    : [
        {
          code: 'CX_ERR_DURATION',
          path,
          message: `rules cannot be evaluated every ${shortDuration(interval)}`,
          remedy: 'Use 5 seconds to a minute, so that a minute is a multiple of it',
        },
      ]
