import { type RouteTest, routeTests } from '../alertmanager/route-tests.ts'
import { alertmanagerArtifacts } from '../alertmanager/alertmanager-config.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { readText } from '../publishers/read-text.ts'
import { readYaml } from '../publishers/read-yaml.ts'
import { replaceSeen } from '../publishers/replace-file.ts'
import { mergeRoutes, mergeRoutesInText } from './merge-routes.ts'
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
  const artifacts = alertmanagerArtifacts(catalog, alerting)
  const generated = (path: string) =>
    artifacts.find((each) => each.path === `alertmanager/${path}`)?.content ?? ''
  const isWhole = isBuiltWhole(text)
  const fragment = recordIn(generated('cx-fragment.yml'), file)
  const whole = generated('alertmanager.yml')
  const desired = isWhole ? recordIn(whole, file) : mergeRoutes(live, fragment)
  const isSame = JSON.stringify(live) === JSON.stringify(desired)
  return [
    {
      target: 'Alertmanager',
      kind: 'routes',
      name: file,
      title: isWhole ? 'the whole file' : 'our part of the file',
      action: isSame ? 'same' : 'update',
      live,
      desired,
      apply: async () => {
        const wanted = isWhole ? whole : mergedText(text, fragment, desired, file)
        await replaceSeen(file, wanted, text)
        return 'updated'
      },
    },
  ]
}

/** @throws Error where the text would not mean what was shown */
const mergedText = (text: string, fragment: Json, desired: Json, file: string): string => {
  try {
    const merged = mergeRoutesInText(text, fragment)
    if (JSON.stringify(recordIn(merged, file)) === JSON.stringify(desired)) return merged
  } catch {
    // Such as an alias of something that was ours.
  }
  throw new Error(
    `${file} was left as it is, since our part cannot be merged into it as it is written. Build, and merge alertmanager/cx-fragment.yml by hand.`,
  )
}

/** The alerts that routes are compared by. */
export const routesAskedFor = ({ alerting, catalog }: DashboardSet): readonly RouteTest[] =>
  alerting ? routeTests(catalog, alerting) : []

const isBuiltWhole = (text: string): boolean => text.startsWith('# Generated from the catalog;')

type Json = Readonly<Record<string, unknown>>

const recordIn = (text: string, file: string): Json => {
  const value = readYaml(text, file)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value))
  }
  throw new Error(`${file} is no configuration of Alertmanager.`)
}
