import type { AppConfig } from '../src/config.ts'

/**
 * What every answer carries. Nothing but our own files runs, styles and frames; a connection leads home, or
 * to Sentry where it is configured. Datadog's replay packs its segments in a worker made of a blob.
 */
export const securityHeaders = ({ datadog, sentry }: AppConfig): Record<string, string> => ({
  'content-security-policy': Object.entries({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'connect-src': ["'self'", ...(sentry ? [new URL(sentry.dsn).origin] : [])].join(' '),
    'worker-src': datadog ? 'blob:' : "'none'",
    'manifest-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  })
    .map((directive) => directive.join(' '))
    .join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
})
