import { describe, expect, test } from 'vitest'
import { beacon, startBeaconService } from '../fixtures/beacon-service.ts'

describe('only pages of the own origin and of listed ones may send', () => {
  const origins = ['https://signup.example.com']
  test.for([
    ['the own, as browsers say', { 'sec-fetch-site': 'same-origin' }, 204],
    ['the own, without TLS', { origin: 'http://localhost:80' }, 204],
    ['a listed one', { origin: 'https://signup.example.com', 'sec-fetch-site': 'same-site' }, 204],
    ['another', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['another, without TLS', { origin: 'http://evil.example' }, 403],
    ['a sibling', { origin: 'https://other.example.com', 'sec-fetch-site': 'same-site' }, 403],
    ['one with our name in its own', { origin: 'https://signup.example.com.evil.example' }, 403],
    ['another scheme of a listed one', { origin: 'http://signup.example.com' }, 403],
    ['a sandbox', { origin: 'null' }, 403],
    ['none', {}, 403],
    ['one that is no URL', { origin: '__proto__' }, 403],
  ] as const)('%s', async ([, headers, expected]) => {
    const { app, counted } = await startBeaconService({ origins })
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/cx/beacon',
      payload: beacon({ type: 'session', count: 1 }),
      headers: { host: 'localhost:80', 'content-type': 'text/plain', ...headers },
    })
    expect(statusCode).toBe(expected)
    expect(counted()).toEqual([
      expected === 204 ? 'cx_sessions_total signup-web 1' : 'cx_beacon_rejected_total origin 1',
    ])
  })

  test('a preflight is answered for a listed one and refused for another', async () => {
    const { app } = await startBeaconService({ origins })
    const preflight = (origin: string) =>
      app.inject({
        method: 'OPTIONS',
        url: '/cx/beacon',
        headers: {
          origin,
          'sec-fetch-site': 'cross-site',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      })
    expect(await preflight('https://signup.example.com')).toMatchObject({
      statusCode: 204,
      headers: {
        'access-control-allow-origin': 'https://signup.example.com',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        vary: 'origin',
      },
    })
    const refused = await preflight('https://evil.example')
    expect(refused.statusCode).toBe(403)
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test.for(['*', 'https://signup.example.com/', 'signup.example.com', 'null', ''])(
    'a list with %j in it is refused at the start',
    async (origin) => {
      await expect(startBeaconService({ origins: [origin] })).rejects.toThrow('is no origin')
    },
  )
})
