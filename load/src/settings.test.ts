import { expect, test } from 'vitest'
import { checkedBaseUrl, readSettings } from './settings.ts'

test('Drives the service on this machine for five minutes where nothing is said', () => {
  expect(readSettings({})).toEqual({ baseUrl: 'http://127.0.0.1:8080', factor: 1 })
})

test.each(['http://localhost:8080', 'http://127.3.2.1', 'http://[::1]:8080', 'http://LOCALHOST:1'])(
  'Loads %s',
  (url) => {
    expect(checkedBaseUrl(url)).toBe(url)
    expect(checkedBaseUrl(`${url}/`)).toBe(url)
  },
)

test.each([
  'http://example.com',
  'http://127.0.0.1.example.com:8080',
  'http://127.evil.example',
  'http://10.0.0.1:8080',
  'http://[2001:db8::1]:8080',
  'http://some-service:8080',
])('Refuses %s, which is not this machine', (url) => {
  expect(() => checkedBaseUrl(url)).toThrow(/which is not this machine: use .* LOAD_ALLOW_HOST=/)
})

test.each([
  'http://localhost@example.com',
  'http://localhost:8080@example.com',
  'http://example.com#@localhost',
  'http://example.com\\@localhost',
  'https://localhost:8080',
  'http://localhost:8080/path',
  'localhost:8080',
  'http://',
])('Refuses %s, which is not scheme, host and port', (url) => {
  expect(() => checkedBaseUrl(url)).toThrow('give http://HOST:PORT and nothing else')
})

test('Allows one host by its exact name', () => {
  const allowed = 'some-service'
  expect(checkedBaseUrl('http://some-service:8080', allowed)).toBe('http://some-service:8080')
  expect(() => checkedBaseUrl('http://some-service.example:8080', allowed)).toThrow()
  expect(() => checkedBaseUrl('http://other:8080', allowed)).toThrow()
})

test.each(['0', '-1', '1.01', 'half', 'Infinity'])('Refuses the factor %s', (factor) => {
  expect(() => readSettings({ LOAD_FACTOR: factor })).toThrow('above 0 and at most 1')
})
