import { type Catalog, days, type Exclusion, spokenDuration } from 'cx-definition'
import type { Finding } from './finding.ts'
import { roughly, spokenShare } from './spoken-number.ts'

const farAhead = days(180).seconds
const suspiciouslyLong = days(3).seconds
const suspiciousShare = 0.1

/** Exclusions that do nothing any more, or more than anyone means. @param now seconds since 1970 */
export const exclusionFindings = (catalog: Catalog, now: number): Finding[] =>
  catalog.exclusions.flatMap((exclusion, index) => {
    const path = `exclusions[${index}]`
    return [
      ...expired(path, exclusion, catalog, now),
      ...far(path, exclusion, now),
      ...long(path, exclusion),
    ]
  })

const expired = (
  path: string,
  { every, objectives, reason, to }: Exclusion,
  catalog: Catalog,
  now: number,
): Finding[] => {
  const windows = (objectives ?? catalog.objectives).map(({ window }) => window.seconds)
  if (every || now - to <= Math.max(0, ...windows)) return []
  return [
    {
      severity: 'note',
      path,
      message: `${JSON.stringify(reason)} ended ${roughly(now - to)} ago, and no window reaches back to it`,
      remedy: 'Remove it: it makes every rule longer and changes none',
    },
  ]
}

const far = (path: string, { from, reason }: Exclusion, now: number): Finding[] =>
  from - now <= farAhead
    ? []
    : [
        {
          severity: 'warning',
          path: `${path}.from`,
          message: `${JSON.stringify(reason)} begins in ${roughly(from - now)}`,
          remedy: 'Look at the year',
        },
      ]

const long = (path: string, { every, from, reason, to }: Exclusion): Finding[] => {
  const share = every ? (to - from) / every.seconds : 0
  if (share > suspiciousShare) {
    return [
      {
        severity: 'warning',
        path: `${path}.every`,
        message: `${JSON.stringify(reason)} takes ${roughly(to - from)} of every ${every ? spokenDuration(every) : ''}: ${spokenShare(share)} of all time counts for no budget and alerts nobody`,
        remedy: 'Make it shorter, or promise less instead',
      },
    ]
  }
  if (to - from <= suspiciouslyLong) return []
  return [
    {
      severity: 'warning',
      path,
      message: `${JSON.stringify(reason)} lasts ${roughly(to - from)}, in which nobody is alerted`,
      remedy: 'Look at its two dates; end it as soon as the work is done',
    },
  ]
}
