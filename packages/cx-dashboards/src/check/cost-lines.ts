import type { CatalogCost } from './cost.ts'
import { oneLine } from './one-line.ts'
import { counted } from './spoken-number.ts'
import { textTable } from './text-table.ts'

/** What the rules and the services' own series cost, at most. */
export const costLines = ({ customers, groups, services }: CatalogCost): string[] => [
  `The rules cost at most this in each environment, at ${counted(customers, 'value')} of the dimension`,
  ...textTable(
    [
      'group',
      'every',
      'rules',
      'series',
      'samples a day',
      'raw samples read',
      'recorded samples read',
    ],
    [...groups.map(costRow), totalRow(groups)],
  ).map((line) => `  ${line}`),
  ...(services.length === 0
    ? []
    : [
        '',
        'One instance of a service has at most this many series, with one status code for each outcome',
        ...textTable(
          ['service', 'operations', 'series'],
          services.map(({ operations, series, service }) => [
            oneLine(service),
            whole(operations),
            whole(series),
          ]),
        ).map((line) => `  ${line}`),
      ]),
]

type Groups = CatalogCost['groups']

const costRow = ({
  everySeconds,
  group,
  rawRead,
  recordedRead,
  rules,
  samplesADay,
  series,
}: Groups[number]): string[] => [
  oneLine(group),
  `${everySeconds} s`,
  ...[rules, series, samplesADay, rawRead, recordedRead].map(whole),
]

/** Reads by the second, since groups are evaluated at different paces. */
const totalRow = (groups: Groups): string[] => {
  const total = (value: (group: Groups[number]) => number) =>
    groups.reduce((sum, group) => sum + value(group), 0)
  return [
    'together',
    '',
    whole(total(({ rules }) => rules)),
    whole(total(({ series }) => series)),
    whole(total(({ samplesADay }) => samplesADay)),
    `${whole(total(({ everySeconds, rawRead }) => rawRead / everySeconds))} a second`,
    `${whole(total(({ everySeconds, recordedRead }) => recordedRead / everySeconds))} a second`,
  ]
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
