import { type RouteTest, routeTests } from '../alertmanager/route-tests.ts'
import { alertmanagerArtifacts } from '../alertmanager/alertmanager-config.ts'
import type { DashboardSet } from '../build.ts'
import { readText } from '../publishers/read-text.ts'
import { readYaml } from '../publishers/read-yaml.ts'
import { mergeRoutes } from './merge-routes.ts'
import type { Step } from './step.ts'

/**
 * What the generated routes would make of Alertmanager's file: the whole of it where an earlier build wrote it as a whole, and
 * otherwise what is there with the fragment merged into it. What was read may hold secrets: it is to be compared, never shown.
 */
export const planAlertmanager = async (set: DashboardSet, file: string): Promise<Step[]> => {
  const { alerting, catalog } = set
  if (!alerting) return []
  const text = await readText(file)
  const live = recordIn(text, file)
  const generated = (path: string) => {
    const content = alertmanagerArtifacts(catalog, alerting).find(
      (each) => each.path === path,
    )?.content
    return recordIn(content ?? '', path)
  }
  const desired = isBuiltWhole(text)
    ? generated('alertmanager/alertmanager.yml')
    : mergeRoutes(live, generated('alertmanager/cx-fragment.yml'))
  return [
    {
      target: 'Alertmanager',
      kind: 'routes',
      name: file,
      title: isBuiltWhole(text) ? 'the whole file' : 'our part of the file',
      action: JSON.stringify(live) === JSON.stringify(desired) ? 'same' : 'update',
      live,
      desired,
      apply: () =>
        Promise.reject(
          new Error(
            `${file} is left as it is, since it may hold secrets. Build, and merge alertmanager/cx-fragment.yml into it.`,
          ),
        ),
    },
  ]
}

/** The alerts that routes are compared by. */
export const routesAskedFor = ({ alerting, catalog }: DashboardSet): readonly RouteTest[] =>
  alerting ? routeTests(catalog, alerting) : []

const isBuiltWhole = (text: string): boolean => text.startsWith('# Generated from the catalog;')

const recordIn = (text: string, file: string): Readonly<Record<string, unknown>> => {
  const value = readYaml(text, file)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value))
  }
  throw new Error(`${file} is no configuration of Alertmanager.`)
}
