import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { buildArtifacts, type DashboardSet } from 'cx-dashboards'
import { expect } from 'vitest'
import { stringify } from 'yaml'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { inputSeries } from './made-history.ts'
import { everySeconds, history, minute, start } from './made-outages.ts'

/** When an alert fires, in seconds since 1970. */
export interface FoundFiring {
  readonly name: string
  readonly severity: string
  readonly labels: Readonly<Record<string, string>>
  readonly firing: { readonly from: number; readonly to?: number }
}

/**
 * The rule files themselves, run by promtool over the same series, say that each firing begins and ends there.
 * @param set whose time begins in 1970, as promtool's does
 * @param folder for promtool's files
 */
export const promtoolAgrees = async (
  set: DashboardSet,
  folder: string,
  found: readonly FoundFiring[],
): Promise<void> => {
  const ruleFiles = buildArtifacts(set).filter(({ path: at }) =>
    /^prometheus\/.*\.rules\.yml$/.test(at),
  )
  await Promise.all(
    ruleFiles.map(({ content, path: at }) => writeFile(join(folder, basename(at)), content)),
  )
  const tests = {
    rule_files: ruleFiles.map(({ path: at }) => basename(at)),
    evaluation_interval: '1m',
    tests: [
      {
        interval: `${everySeconds}s`,
        input_series: inputSeries(history),
        promql_expr_test: found.flatMap(beginsAndEnds),
      },
    ],
  }
  await writeFile(join(folder, 'tests.yml'), stringify(tests))
  const { promtool } = findPrometheus(() => {})
  const { status, stderr, stdout } = spawnSync(promtool, ['test', 'rules', 'tests.yml'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(`${stdout}${stderr}`).toContain('SUCCESS')
  expect(status).toBe(0)
}

const tolerance = 1 * minute

const beginsAndEnds = ({ firing, labels, name, severity }: FoundFiring) => {
  const selected = { ...labels, alertname: name, severity, alertstate: 'firing' }
  const inner = Object.entries(selected).map(
    ([label, value]) => `${label}=${JSON.stringify(value)}`,
  )
  const at = (when: number, isFiring: boolean) => ({
    expr: `count(ALERTS{${inner.join(',')}})`,
    eval_time: `${when - start}s`,
    exp_samples: isFiring ? [{ labels: '{}', value: 1 }] : [],
  })
  return [
    at(firing.from - tolerance, false),
    at(firing.from + tolerance, true),
    ...(firing.to === undefined
      ? []
      : [at(firing.to - tolerance, true), at(firing.to + tolerance, false)]),
  ]
}
