import { expect, test } from 'vitest'
import { madeHistory, type MadeSeries } from './made-series.ts'
import { pastSamples } from './past-samples.ts'

test('Each series has a sample a step while it is there, the same that its history tells.', () => {
  const gauge = (name: string, from: number, to: number): MadeSeries => ({
    name,
    labels: { job: 'a' },
    kind: 'gauge',
    perSecond: 3,
    share: 0,
    spells: [{ from, to, share: 1 }],
    flow: 'a',
    isWhole: true,
  })
  const [begin, end] = [1_800_000_000, 1_800_000_240]
  const series = [gauge('always', 1000, -1), gauge('ended', 1000, 120), gauge('never', 0, 0)]
  const samples = pastSamples(madeHistory(series, begin, end), { begin, end, stepSeconds: 60 })
  const times = (...seconds: readonly number[]) => seconds.map((each) => [begin + each, 3])
  expect(samples).toEqual([
    { name: 'always', labels: { job: 'a' }, samples: times(0, 60, 120, 180, 240) },
    { name: 'ended', labels: { job: 'a' }, samples: times(0, 60) },
  ])
})
