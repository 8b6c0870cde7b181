import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { startFakeGrafana } from './fake-grafana/fake-grafana.ts'
import { saveDashboard } from './fake-grafana/store.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const changed = join(import.meta.dirname, 'changed.config.ts')

/** A Grafana of a version, and the command on the sample against it. */
const started = async (version: string) => {
  const fake = await startFakeGrafana({ version, authorization: 'Bearer hunter2' })
  onTestFinished(fake.close)
  const cli = async (...args: readonly string[]) => {
    const main = join(root, 'packages/cx-dashboards/src/cli.ts')
    const script = `import { main } from ${JSON.stringify(main)}; process.exitCode = await main(process.argv.slice(1))`
    const child = spawn(
      process.execPath,
      ['--conditions=cx-source', '--input-type=module', '--eval', script, '--', ...args],
      {
        cwd: join(root, 'apps/catalog'),
        env: { PATH: process.env['PATH'], GRAFANA_URL: fake.url, GRAFANA_TOKEN: 'hunter2' },
      },
    )
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    const [code] = await once(child, 'close')
    expect(stdout + stderr).not.toContain('hunter2')
    return { code: code as number, stdout, stderr }
  }
  return { fake, cli }
}

test.each(['10.4.1', '13.2.3'])(
  'what publishing would change in Grafana %s is told, and by reading alone',
  async (version) => {
    const { cli, fake } = await started(version)
    const first = await cli('diff')
    expect(first.code, first.stderr).toBe(2)
    expect(first.stdout).toContain('+ dashboard cx-overview “CX Overview” would be created')
    expect(fake.requests.filter((each) => !each.startsWith('GET '))).toEqual([])
    expect((await cli('publish')).code).toBe(0)

    const same = await cli('diff')
    expect(same, same.stdout).toMatchObject({ code: 0, stderr: '' })
    const before = fake.requests.length
    const { code, stdout } = await cli('diff', '--config', changed)
    expect(code).toBe(2)
    expect(stdout).toMatch(/~ dashboard cx-objective-documents-availability “[^”]+” would change\n/)
    expect(fake.requests.slice(before).filter((each) => !each.startsWith('GET '))).toEqual([])
  },
)

test('what a person changed in Grafana since is told apart, and left alone', async () => {
  const { cli, fake } = await started('12.1.0')
  expect((await cli('publish')).code).toBe(0)
  const live = fake.store.dashboards.get('documents-api')
  if (!live) throw new Error('it was published')
  const spec = { ...live.spec, time: { from: 'now-7d', to: 'now' } }
  saveDashboard(fake.store, {
    uid: live.uid,
    folder: live.folder,
    spec,
    annotations: live.annotations,
    message: 'wider',
  })
  const { code, stdout } = await cli('diff')
  expect(code).toBe(2)
  expect(stdout).toContain('! dashboard documents-api')
  expect(stdout).toMatch(/A person changed:\n +time\.from: now-\d+\w → now-7d/)
})

test.each([
  ['a login page', { status: 200, body: '<!doctype html>' }, /something other than JSON/],
  ['a redirect to one', { status: 302, headers: { location: '/login' } }, /redirects/],
])('%s in place of Grafana is an error in one line', async (_, mishap, expected) => {
  const { cli, fake } = await started('12.1.0')
  fake.faults = [{ mishap }]
  const { code, stderr } = await cli('diff')
  expect(code).toBe(1)
  expect(stderr).toMatch(expected)
  expect(stderr.trimEnd()).not.toContain('\n')
})
