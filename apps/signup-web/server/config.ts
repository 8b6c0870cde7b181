import packageJson from '../package.json' with { type: 'json' }
import type { AppConfig } from '../src/config.ts'

export interface ServerConfig {
  readonly host: string
  readonly port: number
  /** Where some-service runs: the API and the beacon are passed on to it. */
  readonly serviceUrl: string
  /** Where people find the apps, such as `https://signup.example.com`. */
  readonly publicOrigin: string
  /** Where the RUM intake sends on what it let through; Datadog's own host where it is left out. */
  readonly vendorUrl?: string
  /** What the pages are told, as `/config.json`: nothing in it is a secret. */
  readonly pages: AppConfig
}

type Env = Readonly<Record<string, string | undefined>>

/** @throws {Error} that names the variable and what it may be. */
export const readConfig = (env: Env): ServerConfig => {
  const host = env['HOST'] || '127.0.0.1'
  const port = readPort(env['SIGNUP_PORT'] || '8081')
  return {
    host,
    port,
    publicOrigin: readUrl('PUBLIC_ORIGIN', env['PUBLIC_ORIGIN'] || `http://${host}:${port}`),
    serviceUrl: readUrl('SERVICE_URL', env['SERVICE_URL'] || 'http://127.0.0.1:8080'),
    ...(env['DD_UPSTREAM'] && { vendorUrl: readUrl('DD_UPSTREAM', env['DD_UPSTREAM']) }),
    pages: {
      environment: env['DEPLOYMENT_ENVIRONMENT'] || 'development',
      version: packageJson.version,
      guard: readChoice(env, 'SIGNUP_GUARD', ['on', 'off']) !== 'off',
      ...readTrackers(env),
    },
  }
}

const readPort = (text: string): number => {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error(
    `SIGNUP_PORT is ${JSON.stringify(text)}: give a whole number from 0 (any free) to 65535`,
  )
}

const readUrl = (name: string, text: string): string => {
  const url = URL.parse(text)
  if (url && ['http:', 'https:'].includes(url.protocol)) return url.origin
  throw new Error(`${name} is ${JSON.stringify(text)}: give one like http://127.0.0.1:8080`)
}

const readChoice = <Choice extends string>(
  env: Env,
  name: string,
  choices: readonly Choice[],
): Choice | undefined => {
  const given = env[name] || undefined
  const choice = choices.find((each) => each === given)
  if (given === choice) return choice
  throw new Error(`${name} is ${JSON.stringify(given)}: give one of ${choices.join(', ')}`)
}

const readTrackers = (env: Env) => {
  const primary = readChoice(env, 'PRIMARY_TRACKER', ['datadog', 'sentry'])
  const { DD_APPLICATION_ID: applicationId, DD_CLIENT_TOKEN: clientToken } = env
  if (Boolean(applicationId) !== Boolean(clientToken)) {
    throw new Error('DD_APPLICATION_ID and DD_CLIENT_TOKEN are given together, or neither')
  }
  const site = env['DD_SITE'] || 'datadoghq.com'
  const dsn = env['SENTRY_DSN']
  if (dsn && !URL.canParse(dsn)) throw new Error('SENTRY_DSN is no URL')
  return {
    ...(primary && { primary }),
    ...(applicationId && clientToken && { datadog: { applicationId, clientToken, site } }),
    ...(dsn && { sentry: { dsn } }),
  }
}
