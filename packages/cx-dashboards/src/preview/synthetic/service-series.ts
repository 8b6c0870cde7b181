import {
  attributes,
  beaconRejected,
  beaconRejections,
  buildInfo,
  customersTracked,
} from 'cx-definition'
import { labelName } from '../../promql/labels.ts'
import { instanceOf, troubles } from './api-series.ts'
import type { MadeSeries, Spell } from './made-series.ts'

const always = { from: Number.MAX_SAFE_INTEGER, to: Number.MIN_SAFE_INTEGER }
const { outage } = troubles
// The version before the outage came with it; the one after it ended it.
const deployed = outage.from + 60
const mended = outage.to + 60

const versions: readonly (readonly [version: string, commit: string, spells: readonly Spell[]])[] =
  [
    ['1.4.0', '5d1c9a7', [{ from: always.from, to: deployed, share: 1 }]],
    ['1.5.0', 'b07e2f4', [{ from: deployed, to: mended, share: 1 }]],
    ['1.5.1', 'e93a610', [{ from: mended, to: always.to, share: 1 }]],
  ]

/** What a service tells of itself: that it is there, its version, and how its telemetry does. */
export const serviceSeries = (service: string, customers: number): readonly MadeSeries[] => [
  gauge('up', service, {}, 1),
  gauge(customersTracked.name, service, {}, customers),
  ...versions.map(([version, commit, spells]) => ({
    ...gauge(buildInfo.name, service, { version, commit }, 1),
    share: 0,
    spells,
  })),
  ...beaconRejections.map((reason, index) => ({
    ...gauge(beaconRejected.name, service, { [labelName(attributes.reason, '')]: reason }, 1),
    kind: 'counter' as const,
    perSecond: 0.002 / (index + 1),
  })),
]

const gauge = (
  name: string,
  service: string,
  labels: Readonly<Record<string, string>>,
  value: number,
): MadeSeries => ({
  name,
  labels: { ...instanceOf(service), ...labels },
  kind: 'gauge',
  perSecond: value,
  share: 1,
  spells: [],
  flow: service,
  isWhole: true,
})
