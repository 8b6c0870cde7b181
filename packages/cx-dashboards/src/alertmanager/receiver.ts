import { posix, win32 } from 'node:path'
import type { Problem } from 'cx-definition'
import { pagerDutyMessage, slackMessage } from './messages.ts'

/** One way to reach somebody, as Alertmanager configures it. */
export interface Receiver {
  /** The list in an Alertmanager receiver that it belongs to. */
  readonly list: 'pagerduty_configs' | 'slack_configs' | 'webhook_configs'
  /** What goes into the configuration: paths of secrets, never a secret. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Which options name a file with a secret, and where it is. */
  readonly secretFiles: Readonly<Record<string, string>>
  /** Which options are an address that the configuration shows to everyone who may read it. */
  readonly addresses: Readonly<Record<string, string>>
  /** Which options are a name in another system. */
  readonly names: Readonly<Record<string, string>>
}

const nothing = { secretFiles: {}, addresses: {}, names: {} } as const

/**
 * A PagerDuty service, by its Events API v2.
 * @param options.routingKeyFile absolute path, on Alertmanager's machine, of the file that holds the integration key
 */
export const pagerDuty = ({ routingKeyFile }: { readonly routingKeyFile: string }): Receiver => ({
  ...nothing,
  list: 'pagerduty_configs',
  settings: { routing_key_file: routingKeyFile, send_resolved: true, ...pagerDutyMessage },
  secretFiles: { routingKeyFile },
})

/**
 * A Slack channel, by an incoming webhook.
 * @param options.apiUrlFile absolute path, on Alertmanager's machine, of the file that holds the webhook's address
 * @param options.channel such as `#growth-alerts`
 */
export const slack = ({
  apiUrlFile,
  channel,
}: {
  readonly apiUrlFile: string
  readonly channel: string
}): Receiver => ({
  ...nothing,
  list: 'slack_configs',
  settings: { api_url_file: apiUrlFile, channel, send_resolved: true, ...slackMessage },
  secretFiles: { apiUrlFile },
  names: { channel },
})

/**
 * Any address, which gets Alertmanager's JSON by POST. Alertmanager 0.25 can read no webhook's address from a file, so it stands
 * in the configuration and must not be a secret itself; a receiver that asks who calls gets a token.
 * @param options.bearerTokenFile absolute path, on Alertmanager's machine, of the file that holds the token
 */
export const webhook = ({
  bearerTokenFile,
  url,
}: {
  readonly url: string
  readonly bearerTokenFile?: string
}): Receiver => ({
  ...nothing,
  list: 'webhook_configs',
  settings: {
    url,
    send_resolved: true,
    ...(bearerTokenFile !== undefined && {
      http_config: { authorization: { type: 'Bearer', credentials_file: bearerTokenFile } },
    }),
  },
  secretFiles: bearerTokenFile === undefined ? {} : { bearerTokenFile },
  addresses: { url },
})

/** Messages do not repeat what was given: it may be a secret in the wrong place. */
export const receiverProblems = (path: string, receiver: Receiver): Problem[] => [
  ...problemsOf(path, receiver.secretFiles, secretFileProblem),
  ...problemsOf(path, receiver.addresses, addressProblem),
  ...problemsOf(path, receiver.names, nameProblem),
]

const problemsOf = (
  path: string,
  options: Readonly<Record<string, string>>,
  problemOf: (value: string) => Omit<Problem, 'path'> | undefined,
): Problem[] =>
  Object.entries(options).flatMap(([option, value]) => {
    const problem = problemOf(value)
    return problem ? [{ ...problem, path: `${path}.${option}` }] : []
  })

// Alertmanager looks for a relative one wherever it was started.
const secretFileProblem = (file: string): Omit<Problem, 'path'> | undefined =>
  (posix.isAbsolute(file) || win32.isAbsolute(file)) && !hasControl(file)
    ? undefined
    : {
        code: 'CX_ERR_SECRET_FILE',
        message: 'this is no absolute path of a file',
        remedy: 'Write the secret into a file that Alertmanager can read, and give its whole path',
      }

const addressProblem = (address: string): Omit<Problem, 'path'> | undefined => {
  const url = URL.parse(address)
  const problem = (message: string, remedy: string) => ({
    code: 'CX_ERR_URL' as const,
    message,
    remedy,
  })
  // Newer releases of Alertmanager take an address for a template.
  if (!url || !/^https?:$/.test(url.protocol) || /[\s{}]/.test(address) || hasControl(address)) {
    return problem('this is no address to call', 'Give one that begins with https:// or http://')
  }
  if (url.username !== '' || url.password !== '' || [...url.searchParams.keys()].some(isSecret)) {
    const remedy = 'Leave it out, and give a bearerTokenFile where the receiver asks who calls'
    return problem('this address holds a secret, which everyone could read', remedy)
  }
  if (secretAddresses.test(url.hostname)) {
    const remedy = 'Use slack() for Slack; for others, a relay of your own that knows the address'
    return problem('who knows an address of this service can write there', remedy)
  }
  return undefined
}

const isSecret = (name: string): boolean => /token|key|secret|passw|sig|auth|code/i.test(name)

const secretAddresses =
  /(^|\.)(hooks\.slack\.com|discord(app)?\.com|webhook\.office\.com|logic\.azure\.com|chat\.googleapis\.com)$/i

// Alertmanager takes a channel for a template.
const nameProblem = (name: string): Omit<Problem, 'path'> | undefined =>
  name.length > 0 && name.length <= 80 && !/[\s{}<>&]/.test(name) && !hasControl(name)
    ? undefined
    : {
        code: 'CX_ERR_NAME',
        message: 'this is no channel',
        remedy: 'Give its name, such as #growth-alerts, or its id',
      }

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text) || !text.isWellFormed()
