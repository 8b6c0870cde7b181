import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildArtifacts, defineDashboards } from 'cx-dashboards'
import { definitionLines } from './dashboards/definition-lines.ts'
import { isThere, runChild } from './dashboards/run-child.ts'
import { expectSameOf, theTwo } from './dashboards/the-two.ts'
import { alternate, type Measured, table } from './rounds.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

const node = process.execPath
const bin = path('../../packages/cx-dashboards/bin/cx-dashboards.js')
const catalogFolder = path('../../apps/catalog')
const jsonnetFile = path('../jsonnet/two-dashboards.jsonnet')
const milliseconds = { unit: 'ms', digits: 1 }

const lines = (): void => console.log(`\n## The two dashboards\n\n${definitionLines()}`)

const rebuild = (): number => {
  const start = performance.now()
  // Nothing is written before somebody reads it.
  const size = buildArtifacts(defineDashboards(theTwo)).reduce(
    (sum, { content }) => sum + content.length,
    0,
  )
  const took = performance.now() - start
  if (size < 10_000) throw new Error(`two dashboards have more than ${size} characters`)
  return took
}

const warm = async (withJsonnet: boolean): Promise<void> => {
  console.log('\n## A rebuild of the two, in a process that stays (30 rounds)\n')
  // As in the preview, which stays and looks on while somebody types.
  for (let round = 0; round < 50; round += 1) rebuild()
  const contenders = [
    { name: 'cx-dashboards', measure: rebuild },
    ...(withJsonnet
      ? [
          {
            name: 'jsonnet, a process each time',
            measure: () => runChild('jsonnet', [jsonnetFile]).milliseconds,
          },
        ]
      : []),
  ]
  console.log(table(await alternate(contenders, 30), 'cx-dashboards', milliseconds))
}

const cold = async (): Promise<void> => {
  console.log('\n## From the command line (15 rounds)\n')
  const out = mkdtempSync(join(tmpdir(), 'cx-dashboards-bench-'))
  const run = (args: readonly string[]) => () => runChild(node, args, catalogFolder).milliseconds
  const contenders = [
    { name: 'Node alone', measure: run(['--eval', '0']) },
    { name: 'cx-dashboards --version', measure: run([bin, '--version']) },
    { name: 'cx-dashboards build of the sample', measure: run([bin, 'build', '--out', out]) },
  ]
  try {
    console.log(table(await alternate(contenders, 15), 'Node alone', milliseconds))
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

interface Made {
  readonly milliseconds: number
  readonly made: readonly {
    readonly kind: string
    readonly files: number
    readonly megabytes: number
  }[]
}

const timeMany = (what: string): Made =>
  JSON.parse(runChild(node, [path('dashboards/time-many.ts'), '1000', what]).output)

const many = async (): Promise<void> => {
  console.log('\n## 1,000 services, each time in a process of its own (5 rounds)\n')
  const everything = 'all of it: routes, runbooks and the tests of the rules as well'
  const contenders = [
    { name: 'dashboards', measure: () => timeMany('dashboards').milliseconds },
    {
      name: 'dashboards and rules',
      measure: () => timeMany('dashboards and rules').milliseconds,
    },
    { name: everything, measure: () => timeMany('all').milliseconds },
  ]
  const measured: readonly Measured[] = await alternate(contenders, 5)
  console.log(table(measured, everything, { unit: 'ms', digits: 0 }))
  console.log('\n| | files | MB |\n|---|---|---|')
  for (const { files, kind, megabytes } of timeMany('all').made)
    console.log(`| ${kind} | ${files.toLocaleString('en-US')} | ${megabytes.toFixed(1)} |`)
}

const withJsonnet = isThere('jsonnet')
if (withJsonnet) expectSameOf(jsonnetFile)
lines()
if (!withJsonnet)
  console.log(
    '\nThere is no jsonnet on PATH to run beside: go install github.com/google/go-jsonnet/cmd/jsonnet@latest, or apt-get install jsonnet.',
  )
await warm(withJsonnet)
await cold()
await many()
