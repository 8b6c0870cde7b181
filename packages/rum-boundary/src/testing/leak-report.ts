import { canaryOf, channels } from './canaries.ts'
import type { RumEvent, Sent } from './stand-in-vendor.ts'

/** What is in the page's own address, and in that of the page before. */
const addresses = ['address of the page', 'referrer of the page']

/** The channels whose canaries are anywhere in what was sent. */
export const leakedIn = (sent: readonly Sent[], by?: 'person' | 'developer'): string[] => {
  const all = sent.map(({ text }) => text.toLowerCase()).join('\n')
  const told = (index: number): boolean => all.includes(canaryOf(index))
  return [
    ...channels
      .filter((channel, index) => told(index) && (!by || channel.by === by))
      .map(({ channel }) => channel),
    ...addresses.filter((_, index) => told(channels.length + index)),
  ]
}

export const eventsIn = (sent: readonly Sent[], type?: string): RumEvent[] =>
  sent.flatMap(({ events }) => events.filter((event) => type === undefined || event.type === type))

export const recordsIn = (sent: readonly Sent[]) =>
  sent.flatMap(({ segments }) => segments.flatMap(({ records }) => records))

/** Strings that a replay defines, by what they are there; `StringRole` in the SDK. */
export const stringsIn = (sent: readonly Sent[], role: number): string[] =>
  recordsIn(sent).flatMap(({ data }) =>
    (Array.isArray(data) ? (data as unknown[][]) : [])
      .filter(([type]) => type === 11)
      .flatMap((change) => change.slice(1) as [number, ...string[]][])
      .flatMap(([of, ...texts]) => (of === role ? texts : [])),
  )
