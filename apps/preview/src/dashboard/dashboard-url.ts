import { dateMath, dateTime, isDateTime, type RawTimeRange } from '@grafana/data'
import { urlTime } from '../interpolation/link-parameters.ts'

/** The parts of the address that Grafana keeps there: time, refresh and variables. */
export interface DashboardUrl {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly refresh?: string | undefined
  readonly variables: Readonly<Record<string, readonly string[]>>
}

export function readDashboardUrl(search: string): DashboardUrl {
  const parameters = new URLSearchParams(search)
  const names = [...new Set(parameters.keys())].filter((key) => key.startsWith('var-'))
  return {
    from: timeIn(parameters, 'from'),
    to: timeIn(parameters, 'to'),
    refresh: parameters.get('refresh') ?? undefined,
    variables: Object.fromEntries(
      names.map((key) => [key.slice('var-'.length), parameters.getAll(key)]),
    ),
  }
}

/** What is no time is left out, so that the dashboard's own applies. */
const timeIn = (parameters: URLSearchParams, name: string): string | undefined => {
  const text = parameters.get(name)
  if (!text) return undefined
  const isTime = text.startsWith('now') ? dateMath.isValid(text) : parseTime(text).isValid()
  return isTime ? text : undefined
}

/** Returns the search text with only the named parts changed. */
export function changeDashboardUrl(search: string, change: Partial<DashboardUrl>): string {
  const parameters = new URLSearchParams(search)
  for (const key of ['from', 'to', 'refresh'] as const) {
    const value = change[key]
    if (value !== undefined) parameters.set(key, value)
  }
  for (const [name, values] of Object.entries(change.variables ?? {})) {
    parameters.delete(`var-${name}`)
    // Nothing chosen is a choice too: without the empty value the default would come back.
    for (const value of values.length ? values : ['']) parameters.append(`var-${name}`, value)
  }
  return `?${parameters}`
}

/** The address holds "now-1h", milliseconds or an ISO date. */
export function parseRawTime({ from, to }: { from: string; to: string }): RawTimeRange {
  return { from: rawTime(from), to: rawTime(to) }
}

const rawTime = (text: string) => (text.startsWith('now') ? text : parseTime(text))

const parseTime = (text: string) => dateTime(/^\d+$/.test(text) ? Number(text) : text)

export const rawTimeToUrl = ({ from, to }: RawTimeRange) => ({
  from: urlTime(from),
  to: urlTime(to),
})

export const isRelative = ({ to }: RawTimeRange) => !isDateTime(to) && to.includes('now')
