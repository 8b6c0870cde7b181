import { type Distribution, meanOf, shareWithin } from './distribution.ts'
import type { MadeSeries, Spell } from './made-series.ts'

/** A time in which a histogram's events are more or fewer, and perhaps slower. */
export interface SlowSpell extends Spell {
  readonly slower: number
}

/** Buckets, sum and count of one label set. */
export const histogramSeries = (
  base: Omit<MadeSeries, 'isWhole' | 'kind' | 'spells'>,
  bounds: readonly number[],
  usual: Distribution,
  spells: readonly SlowSpell[],
): readonly MadeSeries[] => {
  const { labels, name, share } = base
  const counting = { ...base, kind: 'counter', isWhole: true } as const
  const scaled = (factor: (distribution: Distribution) => number) => ({
    share: share * factor(usual),
    spells: spells.map(({ from, share: then, slower, to }) => ({
      from,
      to,
      share: then * factor({ medianSeconds: usual.medianSeconds * slower }),
    })),
  })
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound) => ({
    ...counting,
    ...scaled((distribution) => shareWithin(distribution, bound)),
    name: `${name}_bucket`,
    labels: { ...labels, le: bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound) },
  }))
  return [
    ...buckets,
    { ...counting, ...scaled(() => 1), name: `${name}_count` },
    { ...counting, ...scaled(meanOf), name: `${name}_sum`, isWhole: false },
  ]
}
