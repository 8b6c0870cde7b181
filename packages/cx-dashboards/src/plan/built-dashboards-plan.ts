import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buildDashboards, type BuiltDashboard } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { readText } from '../publishers/read-text.ts'
import type { Step } from './step.ts'

const target = 'dashboard files'

/** What a build would make of the dashboards that an earlier build wrote. @param folder where it wrote `grafana/` */
export const planBuiltDashboards = async (set: DashboardSet, folder: string): Promise<Step[]> => {
  const place = join(folder, 'grafana')
  const files = await dashboardFilesIn(place)
  const steps: Step[] = []
  const dashboards = buildDashboards(set)
  for (const { json, uid } of dashboards) {
    const live = files.includes(`${uid}.json`)
      ? await jsonIn(join(place, `${uid}.json`))
      : undefined
    const desired = await inSchemaOf(live, json)
    const title = json.title ?? uid
    const same = live !== undefined && JSON.stringify(specOf(live)) === JSON.stringify(desired)
    const action = live === undefined ? 'create' : same ? 'same' : 'update'
    steps.push({ ...step(uid, title, action), desired, ...(live !== undefined && { live }) })
  }
  const wanted = new Set(dashboards.map(({ uid }) => `${uid}.json`))
  for (const file of files.filter((each) => !wanted.has(each))) {
    const uid = file.replace(/\.json$/, '')
    steps.push({ ...step(uid, uid, 'delete'), live: await jsonIn(join(place, file)) })
  }
  return steps
}

/** As a file has it, without what the builder leaves undefined. */
const inSchemaOf = async (live: unknown, json: BuiltDashboard['json']): Promise<unknown> => {
  if (specOf(live) === live) return JSON.parse(JSON.stringify(json))
  const { dashboardV2 } = await import('../grafana/schema-v2/dashboard-v2.ts')
  return JSON.parse(JSON.stringify(dashboardV2(json)))
}

/** Of a resource of Grafana's API, which `build --schema v2` writes, what is in it. */
const specOf = (live: unknown): unknown =>
  typeof live === 'object' && live !== null && 'spec' in live ? live.spec : live

const step = (name: string, title: string, action: Step['action']) => ({
  target,
  kind: 'dashboard' as const,
  name,
  title,
  action,
  apply: () =>
    Promise.reject(new Error('files are written by cx-dashboards build; nothing was written.')),
})

const dashboardFilesIn = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  } catch (error) {
    throw new Error(
      `the dashboards in ${folder} cannot be listed: ${(error as Error).message}. Give the folder that cx-dashboards build wrote.`,
      { cause: error },
    )
  }
}

const jsonIn = async (file: string): Promise<unknown> => {
  const text = await readText(file)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is no JSON.`, { cause: error })
  }
}
