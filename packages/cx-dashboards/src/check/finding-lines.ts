import { bySeverity, type Finding } from './finding.ts'
import { oneLine } from './one-line.ts'

/** Findings with their remedies, the worst first. */
export const findingLines = (findings: readonly Finding[]): string[] =>
  bySeverity(findings).flatMap(({ message, path, remedy, severity }) => [
    `${severity.padEnd(7)}  ${oneLine(path)}: ${sentence(message)}`,
    `         ${sentence(remedy)}`,
  ])

/** What Prometheus or a network says may end in a mark of its own. */
const sentence = (text: string): string => oneLine(text).replace(/[^.?!]$/, '$&.')
