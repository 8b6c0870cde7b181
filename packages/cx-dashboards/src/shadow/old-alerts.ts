import { momentIn } from '../backtest/moment.ts'
import { counted } from '../check/spoken-number.ts'
import { tagValue } from '../datadog/metric-query.ts'
import { type CsvRecord, readCsv } from './csv.ts'

/** Something that the old tracker told a team. */
export interface OldAlert {
  /** Seconds since 1970. */
  readonly at: number
  /** As {@link teamName}. */
  readonly team: string
  readonly title: string
  readonly url?: string
}

const columns = ['time', 'team', 'title'] as const
type Column = (typeof columns)[number]

/**
 * Alerts from comma-separated values with the columns time, team, title and, where there is one, url.
 * @param said told where a time has no zone
 * @throws {Error} that names the line and what to write instead
 */
export const readOldAlerts = (text: string, said: (line: string) => void): readonly OldAlert[] => {
  const [header, ...records] = readCsv(text)
  const placed = placesIn(header)
  const alerts = records.map((record) => alertIn(record, header?.cells.length ?? 0, placed, said))
  return alerts.toSorted((one, other) => one.at - other.at)
}

/** What a team is called on both sides: Sentry puts a `#` before it, and Datadog keeps tags in lower case. */
export const teamName = (text: string): string => tagValue(text.trim().replace(/^#/, ''))

interface Places {
  readonly of: (column: Column) => number
  readonly url: number
}

const placesIn = (header: CsvRecord | undefined): Places => {
  const names = (header?.cells ?? []).map((name) => name.trim().toLowerCase())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    throw new Error(
      `line 1: the column ${missing.join(', ')} is missing. Begin with the line time,team,title,url and put commas between cells.`,
    )
  }
  return { of: (column) => names.indexOf(column), url: names.indexOf('url') }
}

const alertIn = (
  { cells, line }: CsvRecord,
  width: number,
  { of, url: urlPlace }: Places,
  said: (line: string) => void,
): OldAlert => {
  if (cells.length !== width) {
    throw new Error(
      `line ${line}: ${counted(cells.length, 'cell')} where the first line has ${width}. Put a cell that holds a comma in quotes.`,
    )
  }
  const [time = '', team = '', title = ''] = columns.map((column) => cells[of(column)]?.trim())
  const moment = momentIn(time)
  if (!moment) {
    throw new Error(
      `line ${line}: the time ${JSON.stringify(time.slice(0, 40))} is no moment. Write it as ISO 8601, such as 2026-11-03T10:07:12Z.`,
    )
  }
  if (!moment.hasZone) said(`line ${line}: the time ${time} has no zone; taken for UTC.`)
  const name = teamName(team)
  if (name === '') throw new Error(`line ${line}: the team is empty. Write the name of its owner.`)
  const url = urlPlace < 0 ? '' : (cells[urlPlace] ?? '').trim()
  return { at: moment.at, team: name, title, ...(isWebAddress(url) && { url }) }
}

/** Anything else would be no link that is safe to follow. */
const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '')
