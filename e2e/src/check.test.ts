import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, test } from 'vitest'
import { findAlertmanager } from '../../scripts/stack/find-alertmanager.ts'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const withTools = (): string => {
  const { promtool } = findPrometheus(console.log)
  const { amtool } = findAlertmanager(console.log)
  return [dirname(promtool), dirname(amtool), process.env['PATH']].join(delimiter)
}

// The proof takes its time and is another test's matter.
const withoutTools = dirname(process.execPath)

/** `cx-dashboards check` on the sample, from its sources. */
const check = async (path: string, ...args: string[]) => {
  const cli = join(root, 'packages/cx-dashboards/src/cli.ts')
  const script = `import { main } from ${JSON.stringify(cli)}; process.exitCode = await main(process.argv.slice(1))`
  const child = spawn(
    process.execPath,
    ['--conditions=cx-source', '--input-type=module', '--eval', script, '--', 'check', ...args],
    {
      cwd: join(root, 'apps/catalog'),
      env: { ...process.env, PATH: path },
    },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout, stderr }
}

interface Report {
  readonly findings: readonly {
    readonly severity: string
    readonly path: string
    readonly message: string
  }[]
  readonly proof: readonly { readonly what: string; readonly outcome: string }[]
}

// The generated rule tests take their time.
const patience = 120_000

test(
  'an objective of the sample passes its check beside a real Prometheus that keeps data for long enough',
  { timeout: patience },
  async () => {
    const { code, stderr, stdout } = await check(
      withTools(),
      '--json',
      '--config',
      join(import.meta.dirname, 'checked.config.ts'),
      '--retention',
      '31d',
      '--prometheus',
      inject('urls').prometheus,
    )
    const { findings, proof }: Report = JSON.parse(stdout)
    // Its traffic is that of a minute, and not of every operation, which is a warning.
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(proof.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(proof.map(({ what }) => what)).toContainEqual(
      expect.stringContaining('amtool config routes test'),
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('0 errors') })
  },
)

test('a real Prometheus is asked how long it keeps data', { timeout: patience }, async () => {
  const { code, stdout } = await check(
    withoutTools,
    '--json',
    '--prometheus',
    inject('urls').prometheus,
  )
  const { findings }: Report = JSON.parse(stdout)
  const ours = findings.filter(({ path }) => path.endsWith('.window'))
  expect(ours).toHaveLength(6)
  expect(ours[0]).toMatchObject({
    severity: 'error',
    message: expect.stringContaining('keeps 15 days'),
  })
  expect(code).toBe(1)
})
