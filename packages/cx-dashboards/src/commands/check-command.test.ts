import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startFakePrometheus } from '../../fakes/fake-prometheus.ts'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

let folder: string
beforeEach(async () => {
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(join(source('../..'), '.check-test-'))
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('99.9', 'perHour(600)'))
  await writeFile(
    join(folder, '.bin.mjs'),
    `import { main } from ${JSON.stringify(pathToFileURL(source('../cli.ts')).href)}
     process.exitCode = await main(process.argv.slice(2))`,
  )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const config = (target: string, traffic: string) => `
import { availability, catalog, days, feature, objective, operation, owner, percent, perHour, service } from 'cx-definition'
import { contact, defineDashboards, webhook } from 'cx-dashboards'
const platform = owner('platform')
const api = feature('api', { title: 'API', description: '', owner: platform, operations: [operation('api', 'GET', '/')] })
const hook = webhook({ url: 'https://example.com/alerts' })
export default defineDashboards({
  catalog: catalog({
    owners: [platform],
    features: [api],
    services: [service('api', { owner: platform })],
    objectives: [objective('api', {
      feature: api, indicator: availability({ of: api.operations }),
      target: percent(${target}), window: days(30), traffic: ${traffic},
    })],
  }),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [],
  alerting: {
    contacts: [contact(platform, { page: [hook], ticket: [hook] })],
    environments: ['production'],
    runbookUrl: 'https://example.com/runbooks',
  },
})
`

/** On a PATH that has these tools only: shell scripts in place of promtool and amtool. */
const check = async (args: readonly string[], tools: Readonly<Record<string, string>> = {}) => {
  for (const [name, script] of Object.entries(tools)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(folder, name), 0o755)
  }
  const child = spawn(process.execPath, ['--conditions=cx-source', '.bin.mjs', 'check', ...args], {
    cwd: folder,
    env: { PATH: folder, HOME: dirname(folder) },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout, stderr }
}

const good = { promtool: 'exit 0', amtool: 'exit 0' }

test('a catalog that can work passes, with its cost and what proved it', async () => {
  const { code, stderr, stdout } = await check(['--retention', '31d'], good)
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: '0 errors, 0 warnings, 1 note, 0 failed proofs.\n',
  })
  expect(stdout).toMatch(/^note {5}objectives: no runbook/)
  expect(stdout).toContain('cx-objective-api-budget')
  expect(stdout).toMatch(/passed {3}promtool check rules/)
  expect(stdout).toMatch(/passed {3}amtool config routes test/)
})

test('where the tools are missing, it says what was not run and how to get them', async () => {
  const { code, stderr, stdout } = await check(['--retention', '31d'])
  expect(code).toBe(0)
  expect(stderr).toMatch(/, 0 failed proofs, \d+ proofs not run\.\n$/)
  expect(stdout).toMatch(/not run {2}promtool .*\n {9}promtool is not on PATH; it comes with/)
  expect(stdout).toMatch(/not run {2}amtool .*\n {9}amtool is not on PATH; it comes with/)
})

test('a tool that refuses what is generated makes the check fail, with what it said', async () => {
  const promtool = 'echo "group x: no such thing" >&2; exit 3'
  const { code, stderr, stdout } = await check(['--retention', '31d'], { ...good, promtool })
  expect(code).toBe(1)
  expect(stdout).toMatch(/failed {3}promtool check rules.*\n {9}group x: no such thing/)
  expect(stderr).toMatch(/^cx-dashboards: 0 errors, .* [1-9]\d* failed proofs?\.\n$/)
})

test('an error makes it fail without a stack', async () => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('99.9999', 'perHour(10)'))
  const { code, stderr, stdout } = await check(['--retention', '31d'], good)
  expect(code).toBe(1)
  expect(stdout).toMatch(/^error {4}objectives\[0\]\.target: api: one failure spends 139 times/)
  expect(stderr).toBe('cx-dashboards: 1 error, 0 warnings, 1 note, 0 failed proofs.\n')
})

test('as JSON it is one document, whatever it found', async () => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config('80', 'perHour(600)'))
  const { code, stdout } = await check(['--json'], good)
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    findings: expect.arrayContaining([
      expect.objectContaining({ severity: 'error', path: 'objectives[0].target' }),
    ]),
    cost: { customers: 103, groups: expect.any(Array) },
    proof: expect.arrayContaining([expect.objectContaining({ outcome: 'passed' })]),
  })
})

test('a Prometheus that answers half is an error of one line, and the rest is checked all the same', async () => {
  const warnings = ['a store is down']
  const fake = await startFakePrometheus({
    fault: (_, response) => {
      response.end(JSON.stringify({ status: 'success', data: { version: '2.42.0' }, warnings }))
      return true
    },
  })
  const { code, stderr, stdout } = await check(['--prometheus', fake.url], good)
  await fake.close()
  expect(code).toBe(1)
  expect(stdout).toMatch(/^error {4}--prometheus: .*it answered in part only: a store is down/m)
  expect(stdout).toContain('passed')
  expect(stderr).not.toContain('    at ')
})

test.for([
  [['--retention', 'long'], '--retention "long" is no duration'],
  [['--scrape-interval', '0'], '--scrape-interval 0 is not'],
  [['--prometheus', 'nowhere'], '--prometheus is not an http or https URL'],
] as const)('%o is refused in one line', async ([args, words]) => {
  const { code, stderr } = await check(args, good)
  expect(code).toBe(1)
  expect(stderr).toContain(words)
  expect(stderr.trim()).not.toContain('\n')
})
