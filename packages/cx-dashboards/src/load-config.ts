import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DefinitionError } from 'cx-definition'
import type { DashboardSet } from './dashboard-set.ts'

export const defaultConfig = 'cx-dashboards.config.ts'

/** The default export of a config file, which Node itself loads, TypeScript too. */
export const loadConfig = async (path: string): Promise<DashboardSet> => {
  const file = resolve(path)
  if (!existsSync(file)) {
    throw new Error(
      `there is no ${file}. Name the file that exports your dashboards with --config.`,
    )
  }
  const { default: set } = await load(file)
  if (!Array.isArray(set?.dashboards)) {
    throw new Error(
      `${file} exports no dashboards. Its default export must be defineDashboards({ … }).`,
    )
  }
  return set
}

const load = async (file: string): Promise<{ readonly default?: DashboardSet }> => {
  try {
    return (await import(pathToFileURL(file).href)) as { readonly default?: DashboardSet }
  } catch (error) {
    // A problem of a definition names its own place.
    if (error instanceof Error && error.name !== DefinitionError.name)
      error.message = located(error, file)
    throw error
  }
}

const remedies = [
  ['import statement outside a module', ' Add "type": "module" to the package.json beside it.'],
  ['Unknown file extension ".ts"', ' Use Node 22.18 or later, or write it as .mjs.'],
] as const

const located = ({ message, stack = '' }: Error, file: string): string => {
  // Node puts the place of a syntax error before the message, that of any other after it.
  const place =
    /^(file:.*|\/.*):\d+$/m.exec(stack)?.[0] ??
    /\((file:.*:\d+):\d+\)|at (file:.*:\d+):\d+/.exec(stack)?.slice(1).find(Boolean)
  const [, remedy = ''] = remedies.find(([sign]) => message.includes(sign)) ?? []
  return `${place ? place.replace(/^file:\/\//, '') : file} cannot be loaded: ${message}.${remedy}`
}
