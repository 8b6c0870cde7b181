import { expect, test } from 'vitest'
import { type FileImports, problemsOf, type Project } from './boundaries.ts'

const project = (folder: string, dependencies: Record<string, string> = {}): Project => ({
  folder,
  manifest: { name: folder.split('/').at(-1) as string, dependencies },
})

const projects = [
  project('packages/cx-definition'),
  project('packages/cx-metrics', { 'cx-definition': '0.1.0', 'cx-dashboards': '0.1.0' }),
  project('packages/cx-dashboards', { 'cx-definition': '0.1.0', preview: '0.0.0' }),
  project('apps/preview'),
]

const problems = (file: string, imports: Partial<FileImports>) =>
  problemsOf(projects, [{ file, packages: [], paths: [], ...imports }])

test('an allowed and declared import is no problem', () => {
  expect(problems('packages/cx-metrics/src/a.ts', { packages: ['cx-definition'] })).toEqual([])
})

test.for([
  [
    'packages/cx-metrics/src/a.ts',
    { packages: ['cx-dashboards'] },
    'cx-metrics may not import cx-dashboards',
  ],
  [
    'packages/cx-metrics/src/a.ts',
    { packages: ['left-pad/x'] },
    'left-pad is not declared in packages/cx-metrics/package.json',
  ],
  [
    'packages/cx-dashboards/src/a.ts',
    { packages: ['preview'] },
    'a package may not import the app preview',
  ],
  [
    'packages/cx-definition/src/a.ts',
    { packages: ['node:fs'] },
    "node:fs is Node's; cx-definition is pure",
  ],
  [
    'apps/preview/src/a.ts',
    { paths: ['packages/cx-definition/src/owner.ts'] },
    'packages/cx-definition/src/owner.ts is reached by a path; import the package by its name',
  ],
  [
    'packages/cx-dashboards/src/promql/queries.ts',
    { paths: ['packages/cx-dashboards/src/grafana/graph.ts'] },
    'promql may not import grafana',
  ],
  [
    'packages/cx-dashboards/src/rumours/a.ts',
    { paths: ['packages/cx-dashboards/src/build.ts'] },
    'rumours is a new layer; say in scripts/boundaries.ts what it may import',
  ],
] as const)('%s importing %o is refused', ([file, imports, message]) => {
  expect(problems(file, imports)).toEqual([`${file}: ${message}`])
})
