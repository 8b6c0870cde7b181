import { isDateTime } from '@grafana/data'
import { expect, test } from 'vitest'
import {
  changeDashboardUrl,
  isRelative,
  parseRawTime,
  rawTimeToUrl,
  readDashboardUrl,
} from './dashboard-url.ts'

test('Time, refresh and variables are read from the address.', () => {
  expect(
    readDashboardUrl('?from=now-1h&to=now&refresh=5s&var-c=a%26b&var-c=d&var-x=&theme=light'),
  ).toEqual({
    from: 'now-1h',
    to: 'now',
    refresh: '5s',
    variables: { c: ['a&b', 'd'], x: [''] },
  })
})

test('A change touches only what it names.', () => {
  const search = '?from=now-1h&to=now&var-c=a&var-c=b&theme=light'
  expect(changeDashboardUrl(search, { variables: { c: ['z'] } })).toBe(
    '?from=now-1h&to=now&theme=light&var-c=z',
  )
  expect(changeDashboardUrl(search, { from: '1', to: '2', refresh: '' })).toBe(
    '?from=1&to=2&var-c=a&var-c=b&theme=light&refresh=',
  )
  expect(readDashboardUrl(changeDashboardUrl(search, { variables: { c: [] } })).variables).toEqual({
    c: [''],
  })
})

test('Times may be relative, in milliseconds or ISO dates, and go back as they came.', () => {
  expect(parseRawTime({ from: 'now-6h', to: 'now' })).toEqual({ from: 'now-6h', to: 'now' })
  const absolute = parseRawTime({ from: '1700000000000', to: '2023-11-14T23:13:20.000Z' })
  expect(isDateTime(absolute.from)).toBe(true)
  expect(rawTimeToUrl(absolute)).toEqual({ from: '1700000000000', to: '1700003600000' })
  expect([isRelative(absolute), isRelative({ from: 'now-6h', to: 'now' })]).toEqual([false, true])
})

test('What is no time in the address is left out.', () => {
  expect(readDashboardUrl('?from=garbage&to=now')).toMatchObject({ from: undefined, to: 'now' })
  expect(readDashboardUrl('?from=now-1q&to=1700000000000')).toMatchObject({
    from: undefined,
    to: '1700000000000',
  })
})
