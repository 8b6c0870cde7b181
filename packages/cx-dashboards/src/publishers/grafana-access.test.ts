import { expect, test } from 'vitest'
import { grafanaAccess } from './grafana-access.ts'

test.for([
  [{}, 'GRAFANA_URL is not set'],
  [{ GRAFANA_URL: 'localhost:3000' }, 'GRAFANA_URL is not an http or https URL'],
  [
    { GRAFANA_URL: 'http://admin:pass@localhost:3000' },
    'Move them to GRAFANA_USER and GRAFANA_PASSWORD',
  ],
  [{ GRAFANA_URL: 'http://localhost:3000', GRAFANA_USER: 'admin' }, 'GRAFANA_PASSWORD is not'],
  [
    { GRAFANA_URL: 'http://localhost:3000', GRAFANA_TOKEN: 'a\nb' },
    'holds characters that no token has',
  ],
  [
    { GRAFANA_URL: 'http://localhost:3000', GRAFANA_TOKEN_FILE: '/nowhere' },
    'GRAFANA_TOKEN_FILE cannot be read',
  ],
] as const)('the environment %o is refused before any request', async ([env, reason]) => {
  const error = await grafanaAccess(env).catch((thrown: Error) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(String(error)).toContain(reason)
  expect(String(error)).not.toContain('pass@')
})

test('a name and a password are taken too, and a Grafana below a path', async () => {
  const { authorization, url } = await grafanaAccess({
    GRAFANA_URL: 'https://example.org/grafana',
    GRAFANA_USER: 'admin',
    GRAFANA_PASSWORD: 'pass',
  })
  expect(authorization).toBe(`Basic ${Buffer.from('admin:pass').toString('base64')}`)
  expect(url.href).toBe('https://example.org/grafana/')
})
