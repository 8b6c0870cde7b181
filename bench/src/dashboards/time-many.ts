import { buildArtifacts, buildDashboards } from 'cx-dashboards'
import { manyServices } from './many-services.ts'

// In a process of its own, which has compiled nothing yet: as a build in CI.
const [count = '1000', what = 'all'] = process.argv.slice(2)
const start = performance.now()
const set = manyServices(Number(count))
// Contents are made when they are looked at.
const isWanted: Record<string, (path: string) => boolean> = {
  'dashboards and rules': (path) => path.startsWith('grafana/') || path.endsWith('.rules.yml'),
  all: () => true,
}
const texts =
  what === 'dashboards'
    ? buildDashboards(set).map(({ json, uid }) => ({
        path: `grafana/${uid}.json`,
        size: JSON.stringify(json, undefined, 2).length,
      }))
    : buildArtifacts(set)
        .filter(({ path }) => isWanted[what]?.(path))
        .map(({ content, path }) => ({ path, size: content.length }))
const milliseconds = performance.now() - start
const kinds = Map.groupBy(texts, ({ path }) =>
  path.endsWith('.tests.yml') ? 'rule tests' : (path.split('/')[0] ?? ''),
)
const made = [...kinds].map(([kind, all]) => ({
  kind,
  files: all.length,
  megabytes: all.reduce((sum, { size }) => sum + size, 0) / 1e6,
}))
console.log(JSON.stringify({ milliseconds, made }))
