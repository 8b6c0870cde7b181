import { catalog, feature, owner } from 'cx-definition'
import { expect, test } from 'vitest'
import type { Artifact } from './artifact.ts'
import { buildArtifacts } from './build.ts'
import type { DashboardSet } from './dashboard-set.ts'

const platform = owner('platform')
const set: DashboardSet = {
  catalog: catalog({ owners: [platform], features: [feature('orders', { owner: platform })] }),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [],
}

const makes = (...paths: string[]): readonly Artifact[] =>
  buildArtifacts({ ...set, artifacts: () => paths.map((path) => ({ path, content: path })) })

test('what a set makes of its own comes with the rest', () => {
  const artifacts = buildArtifacts({
    ...set,
    artifacts: ({ catalog: { features } }) =>
      features.map(({ name }) => ({ path: `mine/${name}.txt`, content: 'x' })),
  })
  expect(artifacts.map(({ path }) => path)).toEqual(['grafana/.lint', 'mine/orders.txt'])
})

test.for(['', '/etc/passwd', '../x', 'a/../../b', 'a//b', './a', 'a/', String.raw`a\b`, 'C:/a'])(
  '%j is no place for one',
  (path) => expect(() => makes(path)).toThrow('is no path inside of the output folder'),
)

test('two of one path are refused, also where one of them is ours', () => {
  expect(() => makes('a/b', 'a/b')).toThrow('"a/b" is made twice')
  expect(() => makes('grafana/.lint')).toThrow('"grafana/.lint" is made twice')
  expect(makes('a/b', 'a/c')).toHaveLength(3)
})
