import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { accessSync, constants } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard'
import type * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lintDashboards } from 'cx-dashboards'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../../..', import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'build-forms-'))
  await build('v1', '--provisioning')
  await build('v2', '--schema', 'v2')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** `cx-dashboards build` of the sample, from its sources. */
const build = async (out: string, ...args: string[]) => {
  const cli = join(root, 'packages/cx-dashboards/src/cli.ts')
  const script = `import { main } from ${JSON.stringify(cli)}; process.exitCode = await main(process.argv.slice(1))`
  const child = spawn(
    process.execPath,
    [
      '--conditions=cx-source',
      '--input-type=module',
      '--eval',
      script,
      '--',
      'build',
      ...args,
      '--out',
      join(folder, out),
    ],
    { cwd: join(root, 'apps/catalog'), stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the build of ${out} ended with ${code}`)
}

const jsonOf = async <Content>(...path: string[]): Promise<Content> =>
  JSON.parse(await readFile(join(folder, ...path), 'utf8'))

const dashboardFiles = async (...path: string[]) =>
  (await readdir(join(folder, ...path))).filter((name) => name.endsWith('.json')).toSorted()

interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly annotations: Record<string, string> }
  readonly spec: v2.Dashboard
}

test('each dashboard of the sample is there in schema v2, with all that it has in the classic one', async () => {
  const names = await dashboardFiles('v2/grafana')
  expect(names).toEqual(await dashboardFiles('v1/grafana'))
  expect(names.length).toBeGreaterThan(3)
  for (const name of names) {
    const classic = await jsonOf<Dashboard>('v1/grafana', name)
    const { apiVersion, kind, metadata, spec } = await jsonOf<Resource>('v2/grafana', name)
    expect({ apiVersion, kind, metadata }).toEqual({
      apiVersion: 'dashboard.grafana.app/v2',
      kind: 'Dashboard',
      metadata: { name: classic.uid, annotations: { 'grafana.app/folder': 'cx' } },
    })
    expect(fromV2(spec), name).toEqual(fromV1(classic))
  }
})

/** What a person sees, in one form for both. */
const fromV1 = (dashboard: Dashboard) => ({
  title: dashboard.title,
  description: dashboard.description,
  tags: dashboard.tags,
  editable: dashboard.editable,
  time: dashboard.time,
  refresh: dashboard.refresh,
  links: dashboard.links,
  annotations: dashboard.annotations.list?.map(({ enable, expr, iconColor, name }) => ({
    enable,
    expr,
    iconColor,
    name,
  })),
  variables: dashboard.templating.list?.map(({ label, name, query, regex = '' }) => ({
    label,
    name,
    query,
    regex,
  })),
  rows: dashboard.panels?.filter(isRow).map(({ title }) => title),
  panels: dashboard.panels?.filter(isPanel).map((panel) => ({
    id: panel.id,
    title: panel.title,
    description: panel.description,
    type: panel.type,
    at: {
      x: panel.gridPos?.x,
      width: panel.gridPos?.w,
      height: panel.gridPos?.h,
      y: panel.gridPos?.y,
    },
    queries: panel.targets ?? [],
    transformations: panel.transformations ?? [],
    options: panel.options ?? {},
    fieldConfig: panel.fieldConfig ?? { defaults: {}, overrides: [] },
    links: panel.links ?? [],
  })),
})

const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row'
const isPanel = (panel: Panel | RowPanel): panel is Panel => !isRow(panel)

const fromV2 = (spec: v2.Dashboard) => {
  const rows = spec.layout.kind === 'RowsLayout' ? spec.layout.spec.rows : []
  let top = 0
  const panels = rows.flatMap(({ spec: { layout } }) => {
    const items = layout.kind === 'GridLayout' ? layout.spec.items : []
    const above = top + 1
    top = Math.max(above, ...items.map(({ spec: { height, y } }) => above + y + height))
    return items.map((item) => panelFromV2(spec, item.spec, above))
  })
  expect(Object.keys(spec.elements)).toHaveLength(panels.length)
  return {
    title: spec.title,
    description: spec.description,
    tags: spec.tags,
    editable: spec.editable,
    time: { from: spec.timeSettings.from, to: spec.timeSettings.to },
    refresh: spec.timeSettings.autoRefresh,
    links: spec.links,
    annotations: spec.annotations.map(({ spec: { enable, iconColor, name, query } }) => ({
      enable,
      expr: query.spec.expr,
      iconColor,
      name,
    })),
    variables: spec.variables.map(variableFromV2),
    rows: rows.map((row) => row.spec.title),
    panels,
  }
}

const variableFromV2 = ({ kind, spec }: v2.VariableKind) => {
  const { label, name } = spec
  if (kind === 'DatasourceVariable') return { label, name, query: spec.pluginId, regex: spec.regex }
  if (kind === 'QueryVariable')
    return { label, name, query: spec.query.spec['__legacyStringValue'], regex: spec.regex }
  throw new Error(`${kind} is not expected`)
}

const panelFromV2 = (
  { elements }: v2.Dashboard,
  { element, height, width, x, y }: v2.GridLayoutItemSpec,
  above: number,
) => {
  const found = elements[element.name]
  if (found?.kind !== 'Panel') throw new Error(`${element.name} is no panel`)
  const { data, description, id, links, title, vizConfig } = found.spec
  expect(element.name).toBe(`panel-${id}`)
  return {
    id,
    title,
    description,
    type: vizConfig.group,
    at: { x, width, height, y: above + y },
    queries: data.spec.queries.map(({ spec: { query, refId } }) => ({
      ...query.spec,
      refId,
      datasource: { type: query.group, uid: query.datasource?.name },
    })),
    transformations: data.spec.transformations.map(({ group, spec }) => ({ id: group, ...spec })),
    options: vizConfig.spec.options,
    fieldConfig: vizConfig.spec.fieldConfig,
    links,
  }
}

test('one of them is as it was in schema v2, to the byte', async () => {
  const made = await readFile(join(folder, 'v2/grafana/cx-telemetry.json'), 'utf8')
  await expect(made).toMatchFileSnapshot('../golden/grafana-v2/cx-telemetry.golden.json')
})

test('what is mounted is one provider, and the dashboards that it names', async () => {
  const provisioned = join(folder, 'v1/provisioning/dashboards')
  expect((await readdir(provisioned)).toSorted()).toEqual(['cx', 'cx.yaml'])
  const { apiVersion, providers } = parse(await readFile(join(provisioned, 'cx.yaml'), 'utf8'))
  expect(apiVersion).toBe(1)
  expect(providers).toEqual([
    {
      name: 'cx',
      type: 'file',
      folder: 'Customer experience',
      folderUid: 'cx',
      disableDeletion: false,
      allowUiUpdates: false,
      updateIntervalSeconds: 30,
      options: {
        path: '/etc/grafana/provisioning/dashboards/cx',
        foldersFromFilesStructure: false,
      },
    },
  ])
  const names = await dashboardFiles('v1/provisioning/dashboards/cx')
  expect(names).toEqual(await dashboardFiles('v1/grafana'))
  for (const name of names) {
    expect(await jsonOf('v1/provisioning/dashboards/cx', name)).toEqual(
      await jsonOf('v1/grafana', name),
    )
  }
})

test('the linter’s rules find nothing in any of them', async () => {
  const { default: set } = await import('../cx-dashboards.config.ts')
  expect(await lintDashboards(set)).toEqual([])
})

const linter = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((each) => join(each, 'dashboard-linter'))
  .find((file) => {
    try {
      accessSync(file, constants.X_OK)
      return true
    } catch {
      return false
    }
  })

// go install github.com/grafana/dashboard-linter@latest
test.skipIf(linter === undefined)(
  'Grafana’s own dashboard-linter finds nothing where it is on PATH',
  async () => {
    for (const name of await dashboardFiles('v1/grafana')) {
      const child = spawn(linter ?? '', ['lint', '--strict', join(folder, 'v1/grafana', name)])
      let said = ''
      child.stdout.on('data', (data: Buffer) => (said += data.toString()))
      child.stderr.on('data', (data: Buffer) => (said += data.toString()))
      const [code] = await once(child, 'close')
      expect(code, said).toBe(0)
    }
  },
)
