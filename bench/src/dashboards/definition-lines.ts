import { readFileSync } from 'node:fs'

// Of the public Grafonnet sample that the two dashboards come from: the dashboards, over the library they are written with.
const replaced = { dashboards: 225, library: 1018 }

const ours = ['documents-dashboard', 'documents-customer-dashboard', 'graphs']

const linesOf = (file: URL): number => readFileSync(file, 'utf8').trimEnd().split('\n').length

/** How much somebody writes, and maintains, for the two dashboards. */
export const definitionLines = (): string => {
  const written = ours.reduce(
    (sum, name) => sum + linesOf(new URL(`../../../apps/catalog/src/${name}.ts`, import.meta.url)),
    0,
  )
  const jsonnet = (name: string) => linesOf(new URL(`../../jsonnet/${name}`, import.meta.url))
  return [
    '| | lines of the two | lines of library beneath |',
    '|---|---|---|',
    `| cx-dashboards | ${written} | none of yours |`,
    `| the Grafonnet they replace | ${replaced.dashboards} | ${replaced.library} |`,
    `| \`bench/jsonnet\`, the same panels | ${jsonnet('two-dashboards.jsonnet')} | ${jsonnet('panels.libsonnet')} |`,
  ].join('\n')
}
