import { tagsOf } from '../publishers/datadog-mark.ts'
import type { LiveObject } from '../publishers/datadog-lists.ts'
import { recordOf } from '../publishers/json-record.ts'
import { teamName } from './old-alerts.ts'

/** A monitor of ours that tells its team, or would if it were not in shadow. */
export interface WatchedMonitor {
  readonly id: string
  readonly title: string
  readonly team: string
  /** `page` or `ticket`. */
  readonly severity: string
  /** When it was made, in seconds since 1970. */
  readonly since: number
  readonly isMuted: boolean
  /** Whether hearing nothing is what it tells. */
  readonly tellsNoData: boolean
}

/** Without the parts of composite monitors, which tell nobody in any mode. */
export const watchedMonitors = (live: readonly LiveObject[]): readonly WatchedMonitor[] =>
  live
    .filter(({ json }) => !tagsOf(json).includes('cx_role:part'))
    .map(({ id, json }) => {
      const tag = (key: string) =>
        tagsOf(json)
          .find((each) => each.startsWith(`${key}:`))
          ?.slice(key.length + 1) ?? ''
      const options = recordOf(json['options'])
      return {
        id,
        title: String(json['name'] ?? ''),
        team: teamName(tag('team')),
        severity: tag('severity'),
        since: secondsOf(json['created']),
        isMuted: Object.keys(recordOf(options['silenced'])).length > 0,
        tellsNoData:
          options['notify_no_data'] === true ||
          options['on_missing_data'] === 'show_and_notify_no_data',
      }
    })

const secondsOf = (created: unknown): number => {
  const at = Date.parse(String(created))
  return Number.isNaN(at) ? 0 : at / 1000
}
