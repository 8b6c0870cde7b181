import { buildArtifacts } from 'cx-dashboards'
import { expect, test, vi } from 'vitest'

// Of whoever runs the test; the golden files lead to no Datadog.
vi.stubEnv('DD_SITE', undefined)
const { default: set } = await import('../cx-dashboards.config.ts')

// The tests of the rules are long and alike: one objective's stands for all. What they hold is shown by running them.
const isOneOfMany = (path: string): boolean =>
  path.endsWith('.tests.yml') && path.includes('objective-') && !path.includes('signup-completion.')

vi.stubEnv('DD_SITE', 'datadoghq.eu')
vi.stubEnv('DD_MONITORS', 'primary')
vi.resetModules()
const { default: withDatadog } = await import('../cx-dashboards.config.ts')

const artifacts = [
  ...buildArtifacts(set).filter(({ path }) => !isOneOfMany(path)),
  ...buildArtifacts(withDatadog).filter(({ path }) => path.startsWith('datadog/')),
]

// After a change that is meant: npm run golden, and read the diff.
test.for(artifacts.map(({ content, path }) => [path, content] as const))(
  '%s is as it was, to the byte',
  ([path, content]) =>
    expect(content).toMatchFileSnapshot(`../golden/${path.replace(/(?=\.\w+$)/, '.golden')}`),
)
