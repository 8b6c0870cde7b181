import { expect, test } from 'vitest'
import type { Series } from '../prometheus/prometheus-response.ts'
import { annotationEvents } from './annotation-events.ts'

const labels = { alertname: 'CxBurn', objective: 'reads', severity: 'page' }
const series = (samples: Series['samples']): Series => ({ labels, samples })
const query = {
  titleFormat: '{{alertname}}',
  textFormat: '{{ objective }}: {{missing}}',
  tagKeys: 'severity, nothing',
}

test('Samples that are a step apart are one region, and a lone one is a moment.', () => {
  const samples: Series['samples'] = [
    [60, '1'],
    [120, '1'],
    [240, '1'],
  ]
  expect(annotationEvents([series(samples)], query, 60_000)).toMatchObject([
    { from: 60_000, to: 120_000 },
    { from: 240_000, to: 240_000 },
  ])
})

test('A sample that is 0 or no number marks nothing, and parts a region.', () => {
  const samples: Series['samples'] = [
    [60, '1'],
    [70, '0'],
    [80, 'NaN'],
    [200, '2'],
  ]
  const events = annotationEvents([series(samples)], query, 60_000)
  expect(events.map(({ from, to }) => [from, to])).toEqual([
    [60_000, 60_000],
    [200_000, 200_000],
  ])
})

test('Title, text and tags are filled in from the labels; unknown ones are empty.', () => {
  expect(annotationEvents([series([[60, '1']])], query, 60_000)).toMatchObject([
    { title: 'CxBurn', text: 'reads: ', tags: ['page'] },
  ])
})

test('A value can be the time, in milliseconds.', () => {
  expect(
    annotationEvents([series([[60, '5000']])], { ...query, useValueForTime: 'on' }, 60_000),
  ).toMatchObject([{ from: 5000, to: 5000 }])
})

test('Each series marks by itself.', () => {
  const two = [series([[60, '1']]), series([[60, '1']])]
  expect(annotationEvents(two, query, 60_000)).toHaveLength(2)
})
