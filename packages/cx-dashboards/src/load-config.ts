import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DashboardSet } from './build.ts'

export const defaultConfig = 'cx-dashboards.config.ts'

/** The default export of a config file, which Node itself loads, TypeScript too. */
export const loadConfig = async (path: string): Promise<DashboardSet> => {
  const file = resolve(path)
  if (!existsSync(file)) {
    throw new Error(
      `there is no ${file}. Name the file that exports your dashboards with --config.`,
    )
  }
  const { default: set }: { readonly default?: DashboardSet } = await import(
    pathToFileURL(file).href
  )
  if (!Array.isArray(set?.dashboards)) {
    throw new Error(
      `${file} exports no dashboards. Its default export must be defineDashboards({ … }).`,
    )
  }
  return set
}
