import { expect, test } from 'vitest'
import { ruleLevels } from './rule-levels.ts'

const record = (name: string, expr: string) => ({ record: name, expr, labels: {} })
const files = [
  {
    name: 'file',
    groups: [
      {
        name: 'group',
        interval: '1m',
        rules: [
          record('slo:c', 'slo:b / slo:a'),
          record('slo:a', 'rate(cx_requests_total[5m])'),
          record('slo:b', 'slo:a + 1'),
          record('slo:ab', 'cx_requests_total'),
          {
            alert: 'Burns',
            expr: 'slo:c > 1',
            for: '2m',
            labels: { severity: 'page', told: '{{ $labels.x }}' },
            annotations: {},
          },
        ],
      },
    ],
  },
]

test('What reads other records comes after them, and alerts come last.', () => {
  const names = ruleLevels(files).map((level) => level.map(({ record: name }) => name))
  expect(names).toEqual([['slo:a', 'slo:ab'], ['slo:b'], ['slo:c'], ['ALERTS']])
})

test('An alert is what Prometheus records of it, without labels that are templates.', () => {
  expect(ruleLevels(files).at(-1)).toEqual([
    {
      record: 'ALERTS',
      expr: 'slo:c > 1',
      labels: { alertname: 'Burns', alertstate: 'firing', severity: 'page' },
      isAlert: true,
      forSeconds: 120,
    },
  ])
})
