import { expect, test } from 'vitest'
import { appWithoutWaiting } from './testing.ts'

const ask = async (remoteAddress: string, host: string, extra: Record<string, string> = {}) => {
  const { app } = await appWithoutWaiting(() => 0.5)
  const headers = { host, ...extra }
  const put = { method: 'PUT', url: '/breakage', remoteAddress, headers } as const
  const { statusCode } = await app.inject({ ...put, payload: { mode: 'errors' } })
  const { mode } = (await app.inject('/breakage')).json()
  return { statusCode, mode }
}

test.each([
  ['127.0.0.1', 'localhost:8080'],
  ['127.8.8.8', '127.0.0.1:8080'],
  ['::1', '[::1]:8080'],
  ['::ffff:127.0.0.1', 'LOCALHOST'],
])('The switch works from %s when called %s', async (address, host) => {
  expect(await ask(address, host)).toEqual({ statusCode: 200, mode: 'errors' })
})

test.each([
  ['a private address', '192.168.0.7', 'localhost:8080'],
  ['a mapped private address', '::ffff:10.0.0.7', 'localhost:8080'],
  ['a public IPv6 address', '2001:db8::1', 'localhost:8080'],
  ['a name that someone pointed here', '127.0.0.1', 'evil.example:8080'],
  ['a name that only looks like loopback', '127.0.0.1', '127.0.0.1.evil.example'],
  ['a name with a user in front', '127.0.0.1', 'localhost@evil.example'],
  ['no usable name', '127.0.0.1', 'a b'],
])('The switch refuses %s (%s as %s)', async (_what, address, host) => {
  expect(await ask(address, host)).toEqual({ statusCode: 403, mode: 'none' })
})

test('A forwarded address is not believed', async () => {
  const forwarded = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost' }
  expect(await ask('192.168.0.7', 'localhost', forwarded)).toMatchObject({ statusCode: 403 })
})
