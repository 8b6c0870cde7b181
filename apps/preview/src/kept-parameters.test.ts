import { expect, test } from 'vitest'
import { withKeptParameters } from './kept-parameters.ts'

test('A link keeps the refresh interval and the theme of the address.', () => {
  expect(withKeptParameters('/d/b?from=now-1h', '?refresh=5s&theme=light&from=now-6h')).toBe(
    '/d/b?from=now-1h&refresh=5s&theme=light',
  )
})

test('What the link says itself stands, and "off" is kept too.', () => {
  expect(withKeptParameters('/d/b?refresh=1m', '?refresh=5s')).toBe('/d/b?refresh=1m')
  expect(withKeptParameters('/d/b', '?refresh=')).toBe('/d/b?refresh=')
})

test('An address without either leaves a link as it is.', () => {
  expect(withKeptParameters('/d/b', '?from=now-1h')).toBe('/d/b')
})
