import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

// What docs/own-panels.md shows, done as it says.
const root = fileURLToPath(new URL('../..', import.meta.url))

const blocksOf = (page: string): string[] =>
  [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text)

const catalog = `
import { catalog, feature, operation, owner } from 'cx-definition'
const sales = owner('sales', { title: 'Sales' })
const operations = [operation('shop', 'GET', '/orders'), operation('shop', 'PUT', '/orders')]
export default catalog({ owners: [sales], features: [feature('orders', { owner: sales, operations })] })
`

// Both of the other examples, and the exclusion, in the page's own words.
const everything = (exclusion: string) => `
import { catalogDashboards, defineDashboards } from 'cx-dashboards'
import catalog from './catalog.ts'
import first from './cx-dashboards.config.ts'
import { codeOwners } from './code-owners.ts'
import { ownerDashboards } from './owner-dashboards.ts'

export default defineDashboards({
  ...first,
  dashboards: [...first.dashboards, ...catalogDashboards({ catalog }), ...ownerDashboards(catalog)],
  artifacts: codeOwners,
  ${exclusion}
})
`

const tested = ['dashboards.test.ts', 'everything.config.ts']
const compilerOptions = { noEmit: true, types: ['node'], customConditions: ['cx-source'] }

let folder: string
beforeAll(async () => {
  // Inside the repository, so that the packages are found by their names.
  folder = await mkdtemp(join(root, 'e2e/.own-panels-'))
  const blocks = blocksOf(await readFile(join(root, 'docs/own-panels.md'), 'utf8'))
  const named = blocks.flatMap((text) => {
    const [, name] = /^\/\/ (\S+\.ts)\n/.exec(text) ?? []
    return name === undefined ? [] : [{ name, text }]
  })
  expect(named).toHaveLength(4)
  const exclusion = blocks.find((text) => text.startsWith('lint: [')) ?? ''
  await Promise.all(
    [
      { name: 'catalog.ts', text: catalog },
      { name: 'everything.config.ts', text: everything(exclusion) },
      {
        name: 'tsconfig.json',
        text: JSON.stringify({
          extends: '../../tsconfig.base.json',
          compilerOptions,
          files: tested,
        }),
      },
      ...named,
    ].map(({ name, text }) => writeFile(join(folder, name), text)),
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...args: string[]) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

const build = (config: string, out: string) => {
  const cli = join(root, 'packages/cx-dashboards/src/cli.ts')
  const script = `import { main } from ${JSON.stringify(cli)}; process.exitCode = await main(process.argv.slice(1))`
  const node = ['--conditions=cx-source', '--input-type=module', '--eval', script, '--']
  return run(...node, 'build', '--config', config, '--out', out)
}

const written = (path: string): Promise<string> => readFile(join(folder, path), 'utf8')

test('every example is well typed', () => {
  expect(run(join(root, 'node_modules/typescript/bin/tsc'))).toEqual({ status: 0, said: '' })
})

test('the panel of the SDK stands beside ours', async () => {
  expect(build('cx-dashboards.config.ts', 'first')).toMatchObject({ status: 0 })
  const { panels } = JSON.parse(await written('first/grafana/orders.json'))
  expect(panels.at(-1)).toMatchObject({
    type: 'heatmap',
    id: 4,
    gridPos: { w: 16, h: 8 },
    targets: [{ refId: 'A', format: 'heatmap' }],
  })
})

test('dashboards and files of one’s own are made with the rest', async () => {
  expect(build('everything.config.ts', 'all')).toMatchObject({ status: 0 })
  expect(JSON.parse(await written('all/grafana/owner-sales.json'))).toMatchObject({
    title: 'Sales',
    time: { from: 'now-7d' },
  })
  expect(await written('all/CODEOWNERS')).toBe('/runbooks/orders-* @example/sales\n')
  expect(await written('all/grafana/.lint')).toContain('panel: State of each order')
})

test('the test that the page shows passes', () => {
  expect(run('--conditions=cx-source', '--test', 'dashboards.test.ts')).toMatchObject({ status: 0 })
})
