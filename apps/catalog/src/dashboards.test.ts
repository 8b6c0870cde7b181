import { buildArtifacts } from 'cx-dashboards'
import { expect, test, vi } from 'vitest'

// Of whoever runs the test; the golden files lead to no Datadog.
vi.stubEnv('DD_SITE', undefined)
const { default: set } = await import('../cx-dashboards.config.ts')

// After a change that is meant: npm run golden, and read the diff.
test.for(buildArtifacts(set).map(({ content, path }) => [path, content] as const))(
  '%s is as it was, to the byte',
  ([path, content]) =>
    expect(content).toMatchFileSnapshot(`../golden/${path.replace('.json', '.golden.json')}`),
)
