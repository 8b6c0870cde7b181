import { buildArtifacts } from 'cx-dashboards'
import { expect, test } from 'vitest'
import set from '../cx-dashboards.config.ts'

// After a change that is meant: npm run golden, and read the diff.
test.for(buildArtifacts(set).map(({ content, path }) => [path, content] as const))(
  '%s is as it was, to the byte',
  ([path, content]) =>
    expect(content).toMatchFileSnapshot(`../golden/${path.replace('.json', '.golden.json')}`),
)
