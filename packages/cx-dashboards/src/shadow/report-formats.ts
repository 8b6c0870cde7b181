import { textTable } from '../check/text-table.ts'
import { safeText } from '../diff/safe-text.ts'
import { link, plain, table } from '../runbooks/markdown.ts'
import {
  headingLines,
  type Section,
  type ShadowReport,
  teamHeading,
  teamSections,
  verdict,
  weekHeadings,
  weekRows,
} from './shadow-report.ts'

// Old trackers can tell much; `--json` has all.
const mostLines = 40

export const textReport = (report: ShadowReport): string =>
  [
    ...headingLines(report),
    ...report.teams.flatMap((team) => [
      '',
      teamHeading(team, report),
      ...textTable(weekHeadings, weekRows(team)).map((line) => `  ${line}`),
      ...teamSections(team).flatMap((section) => [
        `  ${section.heading}`,
        ...shown(section, ({ text, url }) => [text, url ?? ''].join(' ').trimEnd(), '    '),
      ]),
    ]),
    '',
    ...verdict(report),
  ]
    .map(safeText)
    .join('\n')

/** For a ticket or a comment. */
export const markdownReport = (report: ShadowReport): string =>
  [
    headingLines(report).map(words).join('\n'),
    ...report.teams.flatMap((team) => [
      `### ${words(teamHeading(team, report))}`,
      table([...weekHeadings], weekRows(team)),
      ...teamSections(team).flatMap((section) => [
        `**${section.heading}**`,
        shown(
          section,
          ({ text, url }) => `${words(text)}${url === undefined ? '' : ` ${link('there', url)}`}`,
          '- ',
        ).join('\n'),
      ]),
    ]),
    verdict(report).map(words).join('\n'),
  ].join('\n\n')

export const jsonReport = (report: ShadowReport): string => JSON.stringify(report, undefined, 2)

const shown = (
  { lines }: Section,
  written: (line: Section['lines'][number]) => string,
  begin: string,
): string[] => [
  ...lines.slice(0, mostLines).map((line) => begin + written(line)),
  ...(lines.length > mostLines ? [`${begin}… and ${lines.length - mostLines} more`] : []),
]

/** Text that stands for itself, and that calls nobody. */
const words = (text: string): string => plain(safeText(text)).replaceAll('@', '@\u200B')
