import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { securityHeaders } from './security-headers.ts'

const datadog = { DD_APPLICATION_ID: 'an-id', DD_CLIENT_TOKEN: 'a-token' }

test('Without a word it serves this machine, guarded, and tells of no tracker', () => {
  const { host, pages, port, publicOrigin, serviceUrl } = readConfig({})
  expect({ host, port, publicOrigin, serviceUrl }).toEqual({
    host: '127.0.0.1',
    port: 8081,
    publicOrigin: 'http://127.0.0.1:8081',
    serviceUrl: 'http://127.0.0.1:8080',
  })
  expect(pages).toEqual({ environment: 'development', version: '0.1.0', guard: true })
})

test('Pages are told of the trackers that are configured, and which one counts', () => {
  const { pages } = readConfig({
    ...datadog,
    SENTRY_DSN: 'https://key@sentry.example/1',
    PRIMARY_TRACKER: 'sentry',
    SIGNUP_GUARD: 'off',
  })
  expect(pages).toMatchObject({
    guard: false,
    primary: 'sentry',
    datadog: { applicationId: 'an-id', clientToken: 'a-token', site: 'datadoghq.com' },
    sentry: { dsn: 'https://key@sentry.example/1' },
  })
})

test.each([
  [{ SIGNUP_PORT: '80a' }, 'SIGNUP_PORT is "80a": give a whole number'],
  [{ SERVICE_URL: 'localhost' }, 'SERVICE_URL is "localhost": give one like http://'],
  [{ SIGNUP_GUARD: 'no' }, 'SIGNUP_GUARD is "no": give one of on, off'],
  [{ PRIMARY_TRACKER: 'both' }, 'PRIMARY_TRACKER is "both": give one of datadog, sentry'],
  [{ DD_CLIENT_TOKEN: 'a-token' }, 'DD_APPLICATION_ID and DD_CLIENT_TOKEN are given together'],
  [{ SENTRY_DSN: 'sentry' }, 'SENTRY_DSN is no URL'],
])('%j is refused with what it may be', (env, message) => {
  expect(() => readConfig(env)).toThrow(message)
})

test('The policy opens for a tracker what it needs, and no more', () => {
  const policy = (env: Record<string, string>) =>
    securityHeaders(readConfig(env).pages)['content-security-policy']
  expect(policy({})).toContain("connect-src 'self'; worker-src 'none'")
  expect(policy(datadog)).toContain("connect-src 'self'; worker-src blob:")
  expect(policy({ SENTRY_DSN: 'https://key@sentry.example/1' })).toContain(
    "connect-src 'self' https://sentry.example; worker-src 'none'",
  )
})
