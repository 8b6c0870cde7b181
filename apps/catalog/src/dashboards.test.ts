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

interface Matcher {
  readonly id: 'byName' | 'byRegexp'
  readonly options: string
}

/** As Grafana reads it: a pattern is one for the whole name. */
const isAbout = ({ id, options }: Matcher, column: string): boolean =>
  id === 'byName' ? column === options : new RegExp(`^${options}$`).test(column)

interface Overridden {
  readonly type: string
  readonly title: string
  readonly panels?: readonly Overridden[]
  readonly fieldConfig?: {
    readonly overrides: readonly { readonly matcher: Matcher }[]
  }
  readonly transformations?: readonly {
    readonly options: { readonly renameByName?: Readonly<Record<string, string>> }
  }[]
}

const withThoseInside = (panel: Overridden): readonly Overridden[] => [
  panel,
  ...(panel.panels ?? []).flatMap(withThoseInside),
]

test('what a table says about a column is about one that it has', () => {
  const tables = artifacts
    .filter(({ path }) => /^grafana\/.*\.json$/.test(path))
    .flatMap(({ content }): readonly Overridden[] => JSON.parse(content).panels ?? [])
    .flatMap(withThoseInside)
    .filter(({ type }) => type === 'table')
  expect(tables.length).toBeGreaterThan(20)
  const columns = ({ transformations = [] }: Overridden) =>
    transformations.flatMap(({ options }) => Object.values(options.renameByName ?? {}))
  const astray = tables.flatMap((table) =>
    (table.fieldConfig?.overrides ?? [])
      .filter(({ matcher }) => !columns(table).some((column) => isAbout(matcher, column)))
      .map(({ matcher }) => `${table.title}: ${matcher.options}`),
  )
  expect(astray).toEqual([])
})
